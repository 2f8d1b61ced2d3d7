package io.anemone.orchestrator.scheduler.slurm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that answers as slurmrestd was seen to answer, or as badly as it might. */
final class Slurmrestd implements AutoCloseable {

    /** What was asked. */
    record Question(String method, String path, String user, String token, String body) {}

    private record Reply(int status, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean hangs;
    private volatile boolean hangsMidway;
    private volatile boolean breaks;

    Slurmrestd() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Slurmrestd answers(String path, int status, String json) {
        replies.put("/slurm/v0.0.38/" + path, new Reply(status, json));
        return this;
    }

    /** Takes questions and never answers. */
    void hangs() {
        hangs = true;
    }

    /** Begins an answer and never ends it. */
    void hangsMidway() {
        hangsMidway = true;
    }

    /** Is killed in the middle of an answer. */
    void breaks() {
        breaks = true;
    }

    List<Question> questions() {
        return List.copyOf(questions);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        questions.add(new Question(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("X-SLURM-USER-NAME"),
                exchange.getRequestHeaders().getFirst("X-SLURM-USER-TOKEN"),
                body));
        if (hangs) {
            awaitClosing();
        }
        Reply reply = replies.getOrDefault(exchange.getRequestURI().getPath(), new Reply(404, ""));
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        if (hangsMidway || breaks) {
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
            exchange.getResponseBody().flush();
            if (hangsMidway) {
                awaitClosing();
            }
            throw new IOException("killed");
        }
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void awaitClosing() throws IOException {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("closed");
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.close();
    }
}
