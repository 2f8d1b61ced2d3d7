package io.anemone.agent.link;

import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.OrchestratorMessage;
import io.anemone.core.wire.WireTypes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one WebSocket to an orchestrator open for ever: connects, says hello, notices a dead peer, tries the next.
 */
public final class WebSocketLink implements Link, AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final List<URI> uris;
    private final LinkListener listener;
    private final WireJson json;
    private final HttpClient http;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
    private final Thread thread;
    private int turn;
    private volatile boolean closed;
    private volatile @Nullable Connection connection;

    /** @param orchestrators of one site; the agents of many jobs spread over them, for each begins with any */
    public WebSocketLink(List<URI> orchestrators, LinkListener listener, WireJson json) {
        this.uris = orchestrators.stream().map(WebSocketLink::socketUri).toList();
        this.turn = RandomGenerator.getDefault().nextInt(uris.size());
        this.listener = listener;
        this.json = json;
        this.http = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();
        this.thread = Thread.ofPlatform().daemon().name("link").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    @Override
    public boolean send(AgentMessage message) {
        Connection current = connection;
        if (current == null || !current.welcomed()) {
            return false;
        }
        current.send(json.write(message));
        return true;
    }

    @Override
    public boolean flush(Duration limit) {
        Connection current = connection;
        return current != null && current.flush(limit);
    }

    @Override
    public void close() {
        closed = true;
        Connection current = connection;
        if (current != null) {
            current.close();
        }
        thread.interrupt();
    }

    static URI socketUri(URI orchestrator) {
        String base = orchestrator.toString().replaceAll("/+$", "");
        return URI.create("ws" + base.substring("http".length()) + WireTypes.PATH);
    }

    private void run() {
        while (!closed) {
            try {
                connectOnce();
            } catch (InterruptedException e) {
                return;
            } catch (IOException | ExecutionException | TimeoutException e) {
                listener.disconnected(why(e));
            }
            turn = (turn + 1) % uris.size();
            try {
                Thread.sleep(backoff.next());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void connectOnce() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Connection fresh = new Connection(this::received);
        WebSocket socket = http.newWebSocketBuilder()
                .connectTimeout(CONNECT_LIMIT)
                .buildAsync(uris.get(turn), fresh)
                .get(CONNECT_LIMIT.toMillis() * 2, TimeUnit.MILLISECONDS);
        fresh.opened(socket);
        connection = fresh;
        try {
            fresh.send(json.write(listener.hello()));
            String why = fresh.serve();
            if (!closed) {
                listener.disconnected(why);
            }
        } finally {
            connection = null;
            socket.abort();
        }
    }

    private void received(Connection from, String text) {
        OrchestratorMessage message;
        try {
            message = json.read(text);
        } catch (IOException e) {
            from.fail("a message that cannot be read: " + e.getMessage());
            return;
        }
        if (message instanceof OrchestratorMessage.Welcome) {
            from.welcome();
            backoff.reset();
        }
        listener.received(message);
    }

    private static String why(Exception e) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
