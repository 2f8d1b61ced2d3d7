package io.anemone.agent.stream;

import io.anemone.agent.node.OnNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/** A socket that leads to the guest: its forwarded ssh port, or that of its graphical console. */
final class SocketTarget implements Target {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final SocketChannel socket;

    private SocketTarget(SocketChannel socket) {
        this.socket = socket;
    }

    static SocketTarget tcp(String host, int port) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            InetSocketAddress guest = new InetSocketAddress(host, port);
            channel.bind(OnNode.source(guest.getAddress()));
            channel.socket().connect(guest, (int) CONNECT_LIMIT.toMillis());
            return new SocketTarget(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    static SocketTarget unix(Path path) throws IOException {
        return new SocketTarget(connected(path));
    }

    static SocketChannel connected(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return socket.read(into);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            socket.write(bytes);
        }
    }

    @Override
    public void endOfInput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() {
        Closing.quietly(socket);
    }
}
