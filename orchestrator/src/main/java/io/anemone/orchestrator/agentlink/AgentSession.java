package io.anemone.orchestrator.agentlink;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.orders.AttemptId;
import io.anemone.core.orders.MissingAttempts;
import io.anemone.core.wire.OrchestratorMessage;
import io.anemone.core.wire.StreamOrder;
import io.anemone.core.wire.VmReport;
import io.anemone.orchestrator.audit.NodeItem;
import io.anemone.orchestrator.json.WireJson;
import io.anemone.orchestrator.lease.AgentConnection;
import io.anemone.orchestrator.time.Signal;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One accepted connection of one agent. */
final class AgentSession {

    private static final Duration SEND_LIMIT = Duration.ofSeconds(10);

    private final WebSocketConnection connection;
    private final Admitted admitted;
    private final WireJson json;
    private final Signal due = new Signal();
    private final MissingAttempts missing = new MissingAttempts();
    private volatile Map<AttemptId, VmReport> reported = Map.of();
    private volatile Instant heardAt;
    private volatile boolean closed;
    private volatile boolean confirmed;
    private volatile boolean answerWanted;
    private OrchestratorMessage.@Nullable Desired sent;
    private Set<UUID> orderedStreams = Set.of();
    private @Nullable Optional<Set<NodeItem>> seen;

    AgentSession(WebSocketConnection connection, Admitted admitted, WireJson json, Instant now) {
        this.connection = connection;
        this.admitted = admitted;
        this.json = json;
        this.heardAt = now;
    }

    AgentConnection connection() {
        return admitted.connection();
    }

    LeaseId lease() {
        return admitted.lease();
    }

    long epoch() {
        return admitted.epoch();
    }

    Signal due() {
        return due;
    }

    MissingAttempts missing() {
        return missing;
    }

    void welcome() {
        send(new OrchestratorMessage.Welcome(lease(), epoch(), admitted.secret()));
    }

    /** Only the session's own thread calls this, so that no older state follows a newer one. */
    void sendIfNew(OrchestratorMessage.Desired desired) {
        boolean wanted = answerWanted;
        answerWanted = false;
        if (wanted || !desired.equals(sent)) {
            send(desired);
            sent = desired;
        }
    }

    /** Only the session's own thread calls this. Each is sent once: it lasts for some seconds only. */
    void sendOrders(List<StreamOrder> waiting) {
        Set<UUID> ids = waiting.stream().map(StreamOrder::stream).collect(Collectors.toSet());
        if (!orderedStreams.containsAll(ids)) {
            send(new OrchestratorMessage.Streams(epoch(), waiting));
        }
        orderedStreams = ids;
    }

    private void send(OrchestratorMessage message) {
        connection.sendText(json.write(message)).await().atMost(SEND_LIMIT);
    }

    /** Takes note of a full report. */
    void reported(List<VmReport> reports) {
        Map<AttemptId, VmReport> all = new HashMap<>();
        reports.forEach(report -> all.put(AttemptId.of(report), report));
        reported = Map.copyOf(all);
        // An attempt that is over is forgotten by the agent only when it reads orders that no longer list it.
        answerWanted |= reports.stream().anyMatch(report -> report.phase().over());
    }

    Set<AttemptId> known() {
        return reported.keySet();
    }

    Map<AttemptId, VmReport> reports() {
        return reported;
    }

    /**
     * Takes note of what is on the node; empty while that is not known. Not for use by two threads at once.
     *
     * @return whether it is news
     */
    boolean saw(Optional<Set<NodeItem>> items) {
        boolean news = !items.equals(seen);
        seen = items;
        return news;
    }

    void heard(Instant now) {
        heardAt = now;
    }

    Instant heardAt() {
        return heardAt;
    }

    /** @return true the first time */
    boolean confirm() {
        boolean first = !confirmed;
        confirmed = true;
        return first;
    }

    boolean closed() {
        return closed;
    }

    void markClosed() {
        closed = true;
        due.raise();
    }

    void refuse(OrchestratorMessage.Refused refused) {
        send(refused);
        close(CloseReason.NORMAL);
    }

    /** A newer connection speaks for the lease, here or at another orchestrator. */
    void replaced() {
        close(new CloseReason(4000, "replaced by a newer connection"));
    }

    void close(CloseReason reason) {
        markClosed();
        connection.close(reason).subscribe().with(ok -> {}, failed -> {});
    }
}
