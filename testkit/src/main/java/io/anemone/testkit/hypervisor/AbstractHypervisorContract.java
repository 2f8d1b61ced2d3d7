package io.anemone.testkit.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.hypervisor.DomainView;
import io.anemone.core.hypervisor.Hypervisor;
import io.anemone.core.hypervisor.HypervisorException;
import io.anemone.core.hypervisor.HypervisorFailure;
import io.anemone.core.hypervisor.Sighting;
import io.anemone.core.hypervisor.Sighting.Ending;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link Hypervisor} does. One subclass for the fake and for each real one. */
public abstract class AbstractHypervisorContract {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** A hypervisor that answers; the same for one test. Other domains may be on it. */
    protected abstract Hypervisor hypervisor();

    /** A guest that runs until it is ended, with this mark. */
    protected abstract DomainSpec guest(DomainMark mark);

    /** Makes a guest switch itself off; by default by asking it to. */
    protected void powerOff(DomainId id) {
        hypervisor().shutdown(id);
    }

    private final DomainMark mark = newMark();
    private final DomainId id = mark.id();

    protected static DomainMark newMark() {
        return new DomainMark(
                new DomainId(new VmId(UUID.randomUUID()), 1),
                new LeaseId(UUID.randomUUID()),
                "4711",
                new SshEndpoint("127.0.0.1", 22999),
                Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Test
    void neverCreated_isGoneAndNobodySawItsEnd() {
        assertThat(hypervisor().find(id)).isEqualTo(new Sighting.Gone(Ending.UNSEEN));
    }

    @Test
    void created_isPresentWithItsMark() {
        // When
        hypervisor().create(guest(mark));

        // Then
        assertThat(hypervisor().find(id)).isEqualTo(new Sighting.Present(new DomainView(mark, true)));
        assertThat(hypervisor().domains()).contains(new DomainView(mark, true));
    }

    @Test
    void guestWithoutAnAgent_givesNoAnswerAndRunsOn() {
        // Given
        hypervisor().create(guest(mark));

        // When, Then
        assertThat(hypervisor().askGuest(id, "{\"execute\":\"guest-ping\"}", Duration.ofSeconds(1)))
                .isEmpty();
        assertThat(hypervisor().find(id)).isInstanceOf(Sighting.Present.class);
    }

    @Test
    void neverCreated_hasUsedNothingAndAnswersNothing() {
        assertThat(hypervisor().usage(id)).isEmpty();
        assertThat(hypervisor().askGuest(id, "{\"execute\":\"guest-ping\"}", Duration.ofSeconds(1)))
                .isEmpty();
    }

    @Test
    void createdTwice_secondIsRefusedAndFirstRunsOn() {
        // Given
        hypervisor().create(guest(mark));

        // When, Then
        assertThatThrownBy(() -> hypervisor().create(guest(mark)))
                .isInstanceOfSatisfying(
                        HypervisorException.class,
                        e -> assertThat(e.failure()).isNotInstanceOf(HypervisorFailure.Unavailable.class));
        assertThat(hypervisor().find(id)).isInstanceOf(Sighting.Present.class);
    }

    @Test
    void destroyed_isGoneOnReturn() {
        // Given
        hypervisor().create(guest(mark));

        // When
        hypervisor().destroy(id);

        // Then
        assertThat(hypervisor().find(id)).isEqualTo(new Sighting.Gone(Ending.DESTROYED));
        assertThat(hypervisor().domains()).extracting(DomainView::mark).doesNotContain(mark);
    }

    @Test
    void endedAlready_endingItAgainIsHarmless() {
        // Given
        hypervisor().create(guest(mark));
        hypervisor().destroy(id);

        // When, Then
        assertThatCode(() -> hypervisor().destroy(id)).doesNotThrowAnyException();
        assertThatCode(() -> hypervisor().shutdown(id)).doesNotThrowAnyException();
    }

    @Test
    void guestSwitchesItselfOff_isGoneAsPoweredOff() {
        // Given
        hypervisor().create(guest(mark));

        // When
        powerOff(id);

        // Then
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(hypervisor().find(id)).isEqualTo(new Sighting.Gone(Ending.POWERED_OFF)));
    }

    @Test
    void twoDomains_endingOneLeavesTheOther() {
        // Given
        DomainMark other = newMark();
        hypervisor().create(guest(mark));
        hypervisor().create(guest(new DomainMark(other.id(), other.lease(), other.job(), null, other.startedAt())));

        // When
        hypervisor().destroy(id);

        // Then
        assertThat(hypervisor().find(other.id())).isInstanceOf(Sighting.Present.class);
        hypervisor().destroy(other.id());
    }

    @Test
    void paused_isThereAndDoesNotRun_andGoesOn() {
        // Given
        hypervisor().create(guest(mark));

        // When
        hypervisor().pause(id);
        hypervisor().pause(id);

        // Then
        assertThat(hypervisor().find(id)).isEqualTo(new Sighting.Present(new DomainView(mark, false)));

        // When
        hypervisor().unpause(id);
        hypervisor().unpause(id);

        // Then
        assertThat(hypervisor().find(id)).isEqualTo(new Sighting.Present(new DomainView(mark, true)));
    }

    @Test
    void neverCreated_pausingRebootingAndResettingAreHarmless() {
        assertThatCode(() -> {
                    hypervisor().pause(id);
                    hypervisor().unpause(id);
                    hypervisor().reboot(id);
                    hypervisor().reset(id);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void domainEnds_hintIsGiven() {
        // Given
        AtomicInteger hints = new AtomicInteger();
        hypervisor().create(guest(mark));
        hypervisor().onChange(hints::incrementAndGet);

        // When
        hypervisor().destroy(id);

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(hints).hasPositiveValue());
    }
}
