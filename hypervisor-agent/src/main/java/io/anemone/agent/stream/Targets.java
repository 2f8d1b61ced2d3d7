package io.anemone.agent.stream;

import io.anemone.agent.files.GuestFiles;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainSpec.Consoles;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.wire.StreamOrder;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the guest's end of a stream. */
final class Targets {

    private final GuestFiles files;
    private final SerialLines lines = new SerialLines();

    Targets(GuestFiles files) {
        this.files = files;
    }

    /** @throws IOException with one sentence for whoever wants the stream */
    Target open(StreamOrder order, @Nullable SshEndpoint ssh) throws IOException {
        return switch (order.kind()) {
            case SSH -> ssh(ssh);
            case SERIAL -> serial(consoles(order));
            case VNC -> vnc(consoles(order).vnc());
        };
    }

    private static Target ssh(@Nullable SshEndpoint ssh) throws IOException {
        if (ssh == null) {
            throw new IOException("The guest's ssh port is not known on its node.");
        }
        try {
            return SocketTarget.tcp(ssh.host(), ssh.port());
        } catch (IOException e) {
            throw new IOException("The guest's ssh port does not answer on its node.", e);
        }
    }

    private Target serial(Consoles consoles) throws IOException {
        SerialLine line;
        try {
            line = lines.take(Path.of(consoles.serial()));
        } catch (IOException e) {
            throw new IOException("The guest's serial console does not answer on its node.", e);
        }
        try {
            return SerialTarget.open(Path.of(consoles.log()), line);
        } catch (IOException e) {
            line.release();
            throw new IOException("The guest's console log cannot be read on its node.", e);
        }
    }

    private static Target vnc(@Nullable String socket) throws IOException {
        if (socket == null) {
            throw new IOException("Guests on this node have no graphical console.");
        }
        try {
            return SocketTarget.unix(Path.of(socket));
        } catch (IOException e) {
            throw new IOException("The guest has no graphical console that answers on its node.", e);
        }
    }

    private Consoles consoles(StreamOrder order) throws IOException {
        return files.consoles(new DomainId(order.vm(), order.attempt()))
                .orElseThrow(() -> new IOException("The guest has no console on its node."));
    }
}
