package io.anemone.core.vm;

import io.anemone.core.image.ReadinessProbe;
import org.jspecify.annotations.Nullable;

/**
 * What a guest gets besides its size: all of it has a default. Stored as JSON, so that what an older version wrote, and
 * what it did not know, is read as the default.
 *
 * @param readiness what makes it READY; null means as its image says
 */
public record GuestOptions(
        Hardware hardware,
        Storage storage,
        GuestNetwork network,
        @Nullable ReadinessProbe readiness) {

    public static final GuestOptions DEFAULT =
            new GuestOptions(Hardware.DEFAULT, Storage.NONE, GuestNetwork.DEFAULT, null);

    public GuestOptions {
        hardware = hardware == null ? Hardware.DEFAULT : hardware;
        storage = storage == null ? Storage.NONE : storage;
        network = network == null ? GuestNetwork.DEFAULT : network;
    }

    public GuestOptions with(Hardware other) {
        return new GuestOptions(other, storage, network, readiness);
    }

    public GuestOptions with(Storage other) {
        return new GuestOptions(hardware, other, network, readiness);
    }

    public GuestOptions with(GuestNetwork other) {
        return new GuestOptions(hardware, storage, other, readiness);
    }

    public GuestOptions with(@Nullable ReadinessProbe other) {
        return new GuestOptions(hardware, storage, network, other);
    }
}
