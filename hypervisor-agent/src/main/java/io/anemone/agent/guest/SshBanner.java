package io.anemone.agent.guest;

import io.anemone.agent.node.OnNode;
import io.anemone.core.vm.SshEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Reads the banner that an ssh server begins with (RFC 4253, 4.2). QEMU accepts a connection to the forwarded port
 * long before the guest does, so that a connection alone proves nothing. Each look is short and on a connection of its
 * own: QEMU repeats its own try into the guest only after seconds.
 */
final class SshBanner {

    private static final int LIMIT_MS = 250;
    private static final String BANNER = "SSH-";

    private SshBanner() {}

    static boolean seen(SshEndpoint ssh) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(LIMIT_MS);
            InetSocketAddress guest = new InetSocketAddress(ssh.host(), ssh.port());
            socket.bind(OnNode.source(guest.getAddress()));
            socket.connect(guest, LIMIT_MS);
            byte[] start = socket.getInputStream().readNBytes(BANNER.length());
            return new String(start, StandardCharsets.US_ASCII).equals(BANNER);
        } catch (IOException e) {
            return false;
        }
    }
}
