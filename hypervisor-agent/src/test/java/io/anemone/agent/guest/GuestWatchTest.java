package io.anemone.agent.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.agent.Guests;
import io.anemone.agent.link.Link;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainUsage;
import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.VmReport;
import io.anemone.testkit.hypervisor.FakeHypervisor;
import io.anemone.testkit.time.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuestWatchTest {

    private final FakeHypervisor hypervisor = new FakeHypervisor();
    private final SettableClock clock = SettableClock.fixed();
    private final DomainId id = Guests.id();
    private final List<AgentMessage> sent = new ArrayList<>();
    private final List<VmReport> reports = new ArrayList<>();
    private boolean connected = true;

    private final Link link = new Link() {
        @Override
        public boolean send(AgentMessage message) {
            return connected && sent.add(message);
        }

        @Override
        public boolean flush(Duration limit) {
            return true;
        }
    };

    private final GuestWatch watch = new GuestWatch(hypervisor, () -> reports, link, clock, Runnable::run);

    @BeforeEach
    void start() {
        hypervisor.create(Guests.spec(id));
        hypervisor.guestsHaveUsed(new DomainUsage(5_000_000_000L, 1L << 27, 10L, null));
        is(AgentPhase.RUNNING);
    }

    private void is(AgentPhase phase) {
        reports.clear();
        reports.add(
                new VmReport(id.vm(), id.attempt(), phase, null, null, null, null, null, "", List.of(), false, null));
    }

    private void guestSays(String hostname) {
        hypervisor.guestsAnswer(question -> {
            if (question.contains("host-name")) {
                return Optional.of("{\"return\":{\"host-name\":\"" + hostname + "\"}}");
            }
            return Optional.of(
                    question.contains("interfaces")
                            ? "{\"return\":[{\"name\":\"e\",\"statistics\":{\"rx-bytes\":7,\"tx-bytes\":8}}]}"
                            : "{\"return\":{}}");
        });
    }

    private void rounds(int count) {
        for (int i = 0; i < count; i++) {
            watch.round();
            clock.advance(GuestWatch.EVERY);
        }
    }

    private <T extends AgentMessage> List<T> sent(Class<T> type) {
        return sent.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void runningGuest_isMeasuredEachRound_andTrafficGoesAlongOncePerLook() {
        // Given
        guestSays("web-1");

        // When
        rounds(4);

        // Then
        assertThat(sent(AgentMessage.Usage.class))
                .hasSize(4)
                .allSatisfy(usage -> assertThat(usage.vms()).singleElement().satisfies(vm -> {
                    assertThat(vm.cpuNanos()).isEqualTo(5_000_000_000L);
                    assertThat(vm.diskWrittenBytes()).isNull();
                }));
        assertThat(sent(AgentMessage.Usage.class).stream()
                        .map(usage -> usage.vms().getFirst().networkReceivedBytes()))
                .containsExactly(null, 7L, null, 7L);
    }

    @Test
    void facts_areSentWhenTheyChangeAndAgainWhenTheyWereLost() {
        // Given
        guestSays("web-1");
        connected = false;
        rounds(2);
        assertThat(sent).isEmpty();

        // When
        connected = true;
        rounds(6);
        guestSays("web-2");
        rounds(4);

        // Then
        assertThat(sent(AgentMessage.Guest.class).stream()
                        .map(guest -> guest.facts().hostname()))
                .containsExactly("web-1", "web-2");
    }

    @Test
    void guestThatDoesNotRun_isLeftAlone() {
        // Given
        guestSays("web-1");
        is(AgentPhase.STOPPING);

        // When
        rounds(3);

        // Then
        assertThat(sent).isEmpty();
    }

    @Test
    void hypervisorAway_nothingIsSentAndNothingBreaks() {
        // Given
        hypervisor.goesDown();

        // When
        rounds(2);
        hypervisor.comesBack();
        rounds(1);

        // Then
        assertThat(sent(AgentMessage.Usage.class)).hasSize(1);
    }
}
