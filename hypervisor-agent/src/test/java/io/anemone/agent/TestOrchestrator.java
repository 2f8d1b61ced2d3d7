package io.anemone.agent;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.anemone.agent.link.Orchestrators;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/** An orchestrator of which only one path answers, over HTTP on the loopback. */
public final class TestOrchestrator implements AutoCloseable {

    private final HttpServer server;

    public TestOrchestrator(String path, HttpHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(path, handler);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** These, asked as {@code the-lease} with {@code the-secret}. */
    public static Orchestrators all(URI... urls) {
        return new Orchestrators(List.of(urls), () -> new Orchestrators.Credential("the-lease", "the-secret"));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
