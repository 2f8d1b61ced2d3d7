package io.anemone.orchestrator.agentlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.orders.AttemptId;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.Acceleration;
import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.AgentMode;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.Inventory;
import io.anemone.core.wire.Join;
import io.anemone.core.wire.OrchestratorMessage;
import io.anemone.core.wire.OrchestratorMessage.Desired;
import io.anemone.core.wire.OrchestratorMessage.Refused;
import io.anemone.core.wire.OrchestratorMessage.Streams;
import io.anemone.core.wire.OrchestratorMessage.Welcome;
import io.anemone.core.wire.StopOrder;
import io.anemone.core.wire.StreamKind;
import io.anemone.core.wire.StreamOrder;
import io.anemone.core.wire.VmReport;
import io.anemone.core.wire.WireTypes;
import io.anemone.orchestrator.json.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An agent without a hypervisor: speaks the protocol, and says what a test tells it to. */
final class TestAgent implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final WireJson json = new WireJson();
    private final LinkedBlockingQueue<OrchestratorMessage> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final Map<AttemptId, VmReport> reports = new LinkedHashMap<>();
    private final WebSocket socket;
    private final String jobId;
    private final String node;
    private @Nullable Welcome welcome;
    private @Nullable Inventory inventory = new Inventory(List.of(), List.of());

    TestAgent(URI site, String jobId, String node) {
        this.jobId = jobId;
        this.node = node;
        URI uri = URI.create("ws://" + site.getAuthority() + WireTypes.PATH);
        this.socket = HTTP.newWebSocketBuilder().buildAsync(uri, new Listener()).join();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    received.add(json.readOrchestrator(text.toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }
    }

    TestAgent hello(Join join) {
        send(new AgentMessage.Hello(
                WireTypes.PROTOCOL,
                join,
                jobId,
                node,
                AgentMode.SESSION,
                Acceleration.KVM,
                List.copyOf(reports.values())));
        return this;
    }

    /** Says hello and is let in. */
    TestAgent joins(Join join) {
        hello(join);
        welcome = (Welcome) next(message -> true);
        return this;
    }

    /** It reports what another one did: a restarted agent that adopted, or one that connects again. */
    void know(TestAgent other) {
        reports.putAll(other.reports);
    }

    Welcome welcome() {
        return Objects.requireNonNull(welcome, "not let in");
    }

    Join.Again again() {
        return new Join.Again(welcome().lease(), welcome().secret());
    }

    LeaseId lease() {
        return welcome().lease();
    }

    Refused refused() {
        return (Refused) next(message -> message instanceof Refused);
    }

    /** Waits until it shall bring this kind of stream of this VM. */
    StreamOrder toBring(VmId vm, StreamKind kind) {
        Predicate<StreamOrder> which = order -> order.vm().equals(vm) && order.kind() == kind;
        Streams orders = (Streams) next(message ->
                message instanceof Streams streams && streams.waiting().stream().anyMatch(which));
        return orders.waiting().stream().filter(which).findFirst().orElseThrow();
    }

    Desired desired(Predicate<Desired> which) {
        return (Desired) next(message -> message instanceof Desired desired && which.test(desired));
    }

    /** Waits until it shall run this VM. */
    DesiredVm toRun(VmId vm) {
        return desired(orders -> orders.run().stream().anyMatch(run -> run.vm().equals(vm))).run().stream()
                .filter(run -> run.vm().equals(vm))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until it shall end this VM. */
    StopOrder toStop(VmId vm) {
        return desired(orders ->
                        orders.stop().stream().anyMatch(stop -> stop.vm().equals(vm)))
                .stop()
                .stream()
                .filter(stop -> stop.vm().equals(vm))
                .findFirst()
                .orElseThrow();
    }

    void reports(VmId vm, int attempt, AgentPhase phase) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        boolean runs = phase == AgentPhase.RUNNING || phase == AgentPhase.READY;
        report(new VmReport(
                vm,
                attempt,
                phase,
                runs ? now : null,
                phase == AgentPhase.READY ? now : null,
                runs ? new SshEndpoint(node, 22_001) : null,
                null,
                null,
                "",
                List.of("emulated: KVM does not work on this node"),
                false,
                null));
    }

    void reportsEnd(VmId vm, int attempt, StopReason reason, String message) {
        report(new VmReport(
                vm, attempt, AgentPhase.ENDED, null, null, null, reason, null, message, List.of(), false, null));
    }

    void report(VmReport report) {
        reports.put(AttemptId.of(report), report);
        send(new AgentMessage.Report(welcome().epoch(), List.copyOf(reports.values()), inventory));
    }

    /** It sees this on its node, beside what it runs; null if it cannot tell. */
    void sees(@Nullable Inventory found) {
        inventory = found;
        send(new AgentMessage.Report(welcome().epoch(), List.copyOf(reports.values()), inventory));
    }

    void send(AgentMessage message) {
        sendText(json.write(message));
    }

    /** Like a real agent, it finds out that the connection was closed by being told, not by what it sends. */
    void sendText(String text) {
        socket.sendText(text, true).exceptionally(broken -> socket).join();
    }

    int closeCode() {
        return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private OrchestratorMessage next(Predicate<OrchestratorMessage> which) {
        try {
            OrchestratorMessage message;
            do {
                message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(message).as("a message that did not come").isNotNull();
            } while (!which.test(message));
            return message;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
