package io.anemone.agent.stream;

import io.anemone.agent.files.GuestFiles;
import io.anemone.agent.link.WireJson;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.wire.StreamHello;
import io.anemone.core.wire.StreamOrder;
import io.anemone.core.wire.WireTypes;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Opens a WebSocket for each stream that is ordered, and keeps it going on threads of its own. */
public final class WebSocketStreams implements StreamOpener {

    private static final System.Logger LOG = System.getLogger(WebSocketStreams.class.getName());
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    /** More than an orchestrator lets there be on one lease. */
    private static final int MOST = 256;

    /** An order is repeated for some seconds at most. */
    private static final int REMEMBERED = 1024;

    private final Targets targets;
    private final WireJson json;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();
    private final Semaphore free = new Semaphore(MOST);
    private final Map<UUID, Boolean> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    public WebSocketStreams(GuestFiles files, WireJson json) {
        this.targets = new Targets(files);
        this.json = json;
    }

    @Override
    public void open(StreamOrder order, @Nullable SshEndpoint ssh) {
        synchronized (known) {
            if (known.putIfAbsent(order.stream(), true) != null) {
                return;
            }
        }
        if (!free.tryAcquire()) {
            LOG.log(Level.WARNING, "too many streams are open; not opened: " + order);
            return;
        }
        Thread.ofVirtual().name("stream-" + order.stream()).start(() -> {
            try {
                serve(order, ssh);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException | IllegalArgumentException e) {
                LOG.log(Level.WARNING, "a stream could not be brought to the orchestrator " + order + ": " + e);
            } finally {
                free.release();
            }
        });
    }

    private void serve(StreamOrder order, @Nullable SshEndpoint ssh)
            throws InterruptedException, ExecutionException, TimeoutException {
        Target target;
        try {
            target = targets.open(order, ssh);
        } catch (IOException e) {
            LOG.log(Level.INFO, "no stream " + order + ": " + e.getMessage() + " " + e.getCause());
            refuse(order, String.valueOf(e.getMessage()));
            return;
        }
        try (target) {
            Pump pump = new Pump(target);
            WebSocket socket = connect(order, pump, new StreamHello(order.stream(), order.token(), null));
            pump.run(socket);
        }
    }

    private void refuse(StreamOrder order, String why)
            throws InterruptedException, ExecutionException, TimeoutException {
        WebSocket socket =
                connect(order, new WebSocket.Listener() {}, new StreamHello(order.stream(), order.token(), why));
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private WebSocket connect(StreamOrder order, WebSocket.Listener listener, StreamHello hello)
            throws InterruptedException, ExecutionException, TimeoutException {
        WebSocket socket = http.newWebSocketBuilder()
                .connectTimeout(CONNECT_LIMIT)
                .buildAsync(socketUri(order.url()), listener)
                .get(CONNECT_LIMIT.toMillis() * 2, TimeUnit.MILLISECONDS);
        socket.sendText(json.writeValue(hello), true).get(CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        return socket;
    }

    static URI socketUri(String orchestrator) {
        String base = orchestrator.replaceAll("/+$", "");
        return URI.create("ws" + base.substring("http".length()) + WireTypes.STREAM_PATH);
    }
}
