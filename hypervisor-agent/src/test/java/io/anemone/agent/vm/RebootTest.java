package io.anemone.agent.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.agent.Guests;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.wire.VmReport.Answers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RebootTest {

    private static final Instant ORDER = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER_ORDER = ORDER.plusSeconds(60);

    private final Rig rig = new Rig();
    private final DomainId id = Guests.id();
    private final ReportCard card = new ReportCard(id, () -> {});
    private final Reboot reboot = new Reboot(id, rig.parts, card);
    private boolean up = true;

    @BeforeEach
    void start() {
        rig.hypervisor.create(Guests.spec(id));
    }

    private boolean step(Instant order) {
        return reboot.step(order, rig.clock.instant(), this::boot);
    }

    private Boot boot() {
        return new Boot(Guests.desired(id).probe(), () -> up, rig.clock.instant());
    }

    private void carriedOut(Instant order) {
        assertThat(card.report().answers()).isEqualTo(new Answers(null, null, order));
    }

    @Test
    void order_isCarriedOutOnce_andAnsweredWhenTheGuestHasObeyed() {
        // When, Then
        assertThat(step(ORDER)).isTrue();
        assertThat(card.report().answers()).isNull();

        // When, Then
        assertThat(step(ORDER)).isFalse();
        assertThat(step(ORDER)).isFalse();
        carriedOut(ORDER);
        assertThat(rig.hypervisor.reboots(id)).isEqualTo(1);
        assertThat(rig.hypervisor.resets(id)).isZero();
    }

    @Test
    void laterOrder_isAnother() {
        // Given
        step(ORDER);
        step(ORDER);

        // When
        step(LATER_ORDER);
        step(LATER_ORDER);

        // Then
        carriedOut(LATER_ORDER);
        assertThat(rig.hypervisor.reboots(id)).isEqualTo(2);
    }

    @Test
    void guestDoesNotObey_isResetAfterItsGraceAndNotBefore() {
        // Given
        rig.hypervisor.guestsIgnoreReboot();
        step(ORDER);

        // When, Then
        rig.clock.advance(Reboot.GRACE.minusMillis(1));
        assertThat(step(ORDER)).isTrue();
        assertThat(rig.hypervisor.resets(id)).isZero();

        // When, Then
        rig.clock.advance(Duration.ofMillis(1));
        assertThat(step(ORDER)).isFalse();
        assertThat(rig.hypervisor.resets(id)).isEqualTo(1);
        carriedOut(ORDER);
    }

    @Test
    void hypervisorDown_isDoneWhenItIsBack() {
        // Given
        rig.hypervisor.goesDown();
        step(ORDER);
        rig.clock.advance(Reboot.GRACE);

        // When, Then
        assertThat(step(ORDER)).isTrue();
        assertThat(card.report().answers()).isNull();

        // When
        rig.hypervisor.comesBack();
        step(ORDER);

        // Then
        carriedOut(ORDER);
        assertThat(rig.hypervisor.resets(id)).isEqualTo(1);
    }

    @Test
    void agentDiedInBetween_theNextDoesNotDoItAgain() {
        // Given
        step(ORDER);
        Reboot next = new Reboot(id, rig.parts, card);

        // When
        boolean busy = next.step(ORDER, rig.clock.instant(), this::boot);

        // Then
        assertThat(busy).isFalse();
        carriedOut(ORDER);
        assertThat(rig.hypervisor.reboots(id)).isEqualTo(1);
    }

    @Test
    void orderFromBeforeItsStart_isDoneByThat() throws Exception {
        // Given
        reboot.startsWith(ORDER);

        // When
        boolean busy = step(ORDER);

        // Then
        assertThat(busy).isFalse();
        carriedOut(ORDER);
        assertThat(rig.hypervisor.reboots(id)).isZero();
    }

    @Test
    void guestThatDoesNotComeUp_isWaitedForUntilItsBootDeadlineAndItsOwnerTold() {
        // Given
        up = false;
        step(ORDER);

        // When, Then
        assertThat(step(ORDER)).isTrue();
        assertThat(card.report().answers()).isNull();

        // When, Then
        rig.clock.advance(Guests.READY_LIMIT.plusSeconds(1));
        assertThat(step(ORDER)).isFalse();
        carriedOut(ORDER);
        assertThat(card.report().warnings()).anyMatch(warning -> warning.startsWith("rebooted, and not ready after"));
    }
}
