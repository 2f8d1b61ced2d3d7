package io.anemone.agent.node;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import org.jspecify.annotations.Nullable;

/** Connections within the node, to what QEMU forwards into a guest. */
public final class OnNode {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private OnNode() {}

    /**
     * Loopback, for an address of this node. QEMU shows a guest where a connection comes from, and for one from loopback
     * its own address in the guest's network: an isolated guest has no route to any other, and could not answer.
     *
     * @return what to bind to; null for any
     */
    public static @Nullable InetSocketAddress source(@Nullable InetAddress to) throws IOException {
        return to instanceof Inet4Address && NetworkInterface.getByInetAddress(to) != null
                ? new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0)
                : null;
    }
}
