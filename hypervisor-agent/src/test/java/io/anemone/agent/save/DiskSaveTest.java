package io.anemone.agent.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anemone.agent.Guests;
import io.anemone.agent.vm.Rig;
import io.anemone.agent.vm.VmSupervisor;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainView;
import io.anemone.core.hypervisor.HypervisorFailure;
import io.anemone.core.vm.StopReason;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.DesiredVm.Asks;
import io.anemone.core.wire.SaveOrder;
import io.anemone.core.wire.SaveReport;
import io.anemone.core.wire.SaveReport.Step;
import io.anemone.core.wire.StopOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSaveTest {

    private static final byte[] DISK = "what the guest has on its disk".getBytes(StandardCharsets.UTF_8);
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    /** Work that may block is done on threads of its own, as in an agent. */
    private final Rig rig = new Rig(task -> Thread.ofVirtual().start(task));

    private final DomainId id = Guests.id();
    private final VmSupervisor vm = rig.supervisor(id);
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final UUID save = UUID.randomUUID();

    @BeforeEach
    void guestRuns() {
        rig.saves.in(directory);
        rig.hypervisor.disksHold(DISK, false);
        rig.guestReady.set(true);
        vm.want(Guests.desired(id));
        await().atMost(SOON).until(() -> {
            vm.step();
            return vm.report().phase() == AgentPhase.READY;
        });
    }

    private void want(@Nullable SaveOrder order, @Nullable Instant suspendAt) {
        vm.want(Guests.desired(id).with(new Asks(null, suspendAt, null, order)));
    }

    private void want(@Nullable SaveOrder order) {
        want(order, null);
    }

    private SaveOrder order() {
        return new SaveOrder(save, "researcher/mine@1", 1 << 20);
    }

    private void hasGuestAgent() {
        rig.hypervisor.guestsAnswer(question -> {
            asked.add(question.replaceAll(".*\"execute\":\"([^\"]*)\".*", "$1"));
            return Optional.of(question.contains("fsfreeze") ? "{\"return\":1}" : "{\"return\":{}}");
        });
    }

    private void stepsUntil(Step step) {
        await().atMost(SOON).until(() -> {
            vm.step();
            return rig.saves.reports().stream().anyMatch(report -> report.step() == step);
        });
    }

    private SaveReport last() {
        return rig.saves.reports().getLast();
    }

    @Test
    void ordered_isBroughtWholeOnceAndGuestRunsOn() {
        // When
        want(order());
        await().atMost(SOON).until(() -> {
            vm.step();
            return rig.saves.taken().length == DISK.length && !rig.saves.left();
        });
        Rig.settle(vm);

        // Then
        assertThat(rig.saves.taken()).isEqualTo(DISK);
        assertThat(rig.saves.reports()).extracting(SaveReport::step).containsExactly(Step.SENDING);
        assertThat(last().totalBytes()).isEqualTo(DISK.length);
        assertThat(last().quiesced()).isFalse();
        assertThat(last().sha256()).hasSize(64);
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.READY);
    }

    @Test
    void guestAgentAnswers_standsStillForTheMomentOfTheCopyAlone() {
        // Given
        hasGuestAgent();

        // When
        want(order());
        stepsUntil(Step.SENDING);

        // Then
        assertThat(last().quiesced()).isTrue();
        assertThat(asked).containsSubsequence("guest-fsfreeze-freeze", "guest-fsfreeze-thaw");
    }

    @Test
    void copyCannotBegin_guestGoesOnAndNothingIsLeft() {
        // Given
        hasGuestAgent();
        rig.hypervisor.failsNextCopy(new HypervisorFailure.Failed("no room"));

        // When
        want(order());
        stepsUntil(Step.FAILED);

        // Then
        assertThat(last().message()).contains("no room");
        assertThat(asked).endsWith("guest-fsfreeze-thaw");
        assertThat(rig.saves.left()).isFalse();
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.READY);
    }

    @Test
    void thawNotConfirmed_isAskedForUntilItIs() {
        // Given
        rig.hypervisor.guestsAnswer(question -> {
            asked.add(question);
            boolean thaw = question.contains("thaw");
            long before = asked.stream().filter(each -> each.contains("thaw")).count();
            return thaw && before < 3 ? Optional.empty() : Optional.of("{\"return\":1}");
        });

        // When
        want(order());
        stepsUntil(Step.SENDING);

        // Then
        assertThat(asked).filteredOn(each -> each.contains("thaw")).hasSize(3);
    }

    /** The guest may stand still since then. */
    @Test
    void agentDiedInBetween_nextOneLetsTheGuestGoOnAndSaysThatItFailed() {
        // Given
        hasGuestAgent();
        rig.saves.hasBegun(id, new SaveFiles.Begun(save, true));
        VmSupervisor next = rig.supervisor(id);
        next.adopt(new DomainView(rig.hypervisor.running(id).mark(), true));

        // When
        next.step();
        await().atMost(SOON).until(() -> !rig.saves.reports().isEmpty());

        // Then
        assertThat(asked).contains("guest-fsfreeze-thaw").doesNotContain("guest-fsfreeze-freeze");
        assertThat(last().step()).isEqualTo(Step.FAILED);
        assertThat(last().message()).contains("restarted");
        assertThat(rig.saves.left()).isFalse();
    }

    @Test
    void orchestratorsAreAway_isBroughtWhenTheyAreBack() {
        // Given
        rig.saves.isAwayFor(4);

        // When
        want(order());
        await().atMost(SOON).until(() -> {
            vm.step();
            return rig.saves.taken().length == DISK.length;
        });

        // Then
        assertThat(rig.saves.taken()).isEqualTo(DISK);
    }

    @Test
    void moreThanIsLeftForIt_fails() {
        // When
        want(new SaveOrder(save, "researcher/mine@1", DISK.length - 1));
        stepsUntil(Step.FAILED);

        // Then
        assertThat(last().message()).startsWith("The disk has more than the");
        assertThat(rig.saves.taken()).isEmpty();
    }

    @Test
    void nodeIsNearlyFull_fails() {
        // Given
        rig.hypervisor.disksHold(DISK, true);
        rig.saves.hasRoom(1 << 20);

        // When
        want(order());
        stepsUntil(Step.FAILED);

        // Then
        assertThat(last().message()).contains("too little room");
        assertThat(rig.saves.left()).isFalse();
    }

    @Test
    void notWantedAnyMore_isGivenUpAndNextOrderIsCarriedOut() {
        // Given
        rig.hypervisor.disksHold(DISK, true);
        want(order());
        stepsUntil(Step.COPYING);

        // When
        want(null);

        // Then
        await().atMost(SOON).until(() -> {
            vm.step();
            return !rig.saves.left();
        });

        // When
        rig.hypervisor.disksHold(DISK, false);
        want(new SaveOrder(UUID.randomUUID(), "researcher/mine@2", 1 << 20));

        // Then
        stepsUntil(Step.SENDING);
    }

    @Test
    void suspendedMeanwhile_isGivenUpFirst() {
        // Given
        rig.hypervisor.disksHold(DISK, true);
        want(order());
        stepsUntil(Step.COPYING);

        // When
        want(null, rig.clock.instant());
        await().atMost(SOON).until(() -> {
            vm.step();
            return vm.over();
        });

        // Then
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.SUSPENDED);
        assertThat(rig.saves.left()).isFalse();
    }

    @Test
    void endedMeanwhile_endsAndNothingIsLeft() {
        // Given
        rig.hypervisor.disksHold(DISK, true);
        want(order());
        stepsUntil(Step.COPYING);

        // When
        vm.stop(new StopOrder(id.vm(), id.attempt(), StopReason.USER, 0));

        // Then
        await().atMost(SOON).until(() -> {
            vm.step();
            return vm.over() && !rig.saves.left();
        });
        assertThat(vm.report().reason()).isEqualTo(StopReason.USER);
    }
}
