package io.anemone.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.agent.stub.StubOrchestrator;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.AgentMode;
import io.anemone.core.wire.Join;
import io.anemone.core.wire.OrchestratorMessage;
import io.anemone.core.wire.WireTypes;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WebSocketLinkTest {

    private final LinkedBlockingQueue<OrchestratorMessage> received = new LinkedBlockingQueue<>();

    private final LinkListener listener = new LinkListener() {
        @Override
        public AgentMessage.Hello hello() {
            return new AgentMessage.Hello(
                    WireTypes.PROTOCOL,
                    new Join.Again(LeaseId.parse(StubOrchestrator.LEASE), StubOrchestrator.SECRET),
                    "77",
                    "n1",
                    AgentMode.SESSION,
                    null,
                    List.of());
        }

        @Override
        public void received(OrchestratorMessage message) {
            received.add(message);
        }

        @Override
        public void disconnected(String why) {
            // Another try follows.
        }
    };

    private void isWelcomed() throws InterruptedException {
        OrchestratorMessage message;
        do {
            message = received.poll(20, TimeUnit.SECONDS);
            assertThat(message).as("a welcome").isNotNull();
        } while (!(message instanceof OrchestratorMessage.Welcome));
    }

    private static boolean joined(StubOrchestrator orchestrator) {
        return !orchestrator.received("hello").isEmpty();
    }

    @Test
    void orchestratorThatDies_isReplacedByTheOther_withinASecond() throws Exception {
        try (StubOrchestrator a = new StubOrchestrator(0);
                StubOrchestrator b = new StubOrchestrator(0);
                WebSocketLink link = new WebSocketLink(List.of(a.url(), b.url()), listener, new WireJson())) {
            // Given
            link.start();
            isWelcomed();
            assertThat(joined(a)).isNotEqualTo(joined(b));
            StubOrchestrator first = joined(a) ? a : b;
            StubOrchestrator second = joined(a) ? b : a;

            // When
            long begun = System.nanoTime();
            first.close();

            // Then
            isWelcomed();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
            assertThat(joined(second)).isTrue();
        }
    }

    @Test
    void orchestratorsThatAreNotThere_arePassedOver() throws Exception {
        URI nobody = URI.create("http://127.0.0.1:1");
        try (StubOrchestrator there = new StubOrchestrator(0);
                WebSocketLink link =
                        new WebSocketLink(List.of(nobody, there.url(), nobody), listener, new WireJson())) {
            link.start();
            isWelcomed();
            assertThat(joined(there)).isTrue();
        }
    }

    @Test
    void manyAgents_spreadOverTheOrchestrators() throws Exception {
        try (StubOrchestrator a = new StubOrchestrator(0);
                StubOrchestrator b = new StubOrchestrator(0)) {
            for (int i = 0; i < 40; i++) {
                try (WebSocketLink link = new WebSocketLink(List.of(a.url(), b.url()), listener, new WireJson())) {
                    link.start();
                    isWelcomed();
                }
            }
            assertThat(a.received("hello")).isNotEmpty();
            assertThat(b.received("hello")).isNotEmpty();
        }
    }
}
