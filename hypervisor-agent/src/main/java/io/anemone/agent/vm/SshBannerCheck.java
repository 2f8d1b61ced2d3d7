package io.anemone.agent.vm;

import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.vm.SshEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the banner that an ssh server begins with (RFC 4253, 4.2). QEMU accepts a connection to the forwarded port
 * long before the guest does, so that a connection alone proves nothing. Each look is short and on a connection of its
 * own: QEMU repeats its own try into the guest only after seconds.
 */
public final class SshBannerCheck implements ReadinessCheck {

    private static final int LIMIT_MS = 250;
    private static final String BANNER = "SSH-";

    @Override
    public boolean ready(ReadinessProbe.Kind kind, @Nullable SshEndpoint ssh) {
        return switch (kind) {
            case NONE -> true;
            case SSH -> ssh != null && banner(ssh);
        };
    }

    private static boolean banner(SshEndpoint ssh) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(LIMIT_MS);
            socket.connect(new InetSocketAddress(ssh.host(), ssh.port()), LIMIT_MS);
            byte[] start = socket.getInputStream().readNBytes(BANNER.length());
            return new String(start, StandardCharsets.US_ASCII).equals(BANNER);
        } catch (IOException e) {
            return false;
        }
    }
}
