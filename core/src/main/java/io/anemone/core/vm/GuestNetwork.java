package io.anemone.core.vm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a guest is connected.
 *
 * @param bridge   bridge of the node that its card is plugged into; null means QEMU's own user network, which needs no
 *                 rights
 * @param ports    TCP ports of the guest that are published on the node besides ssh; only on the user network
 * @param isolated whether the guest can open no connection to the outside; it publishes no ports then, and is reached
 *                 by ssh from its own node alone; only on the user network
 */
public record GuestNetwork(@Nullable String bridge, List<Integer> ports, boolean isolated) {

    public static final GuestNetwork DEFAULT = new GuestNetwork(null, List.of(), false);

    public GuestNetwork {
        ports = ports == null ? List.of() : List.copyOf(ports);
    }
}
