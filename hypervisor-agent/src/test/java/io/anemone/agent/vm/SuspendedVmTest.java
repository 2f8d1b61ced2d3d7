package io.anemone.agent.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.agent.Guests;
import io.anemone.agent.node.Cores;
import io.anemone.agent.node.NodeCpus;
import io.anemone.agent.node.NodeHardware;
import io.anemone.agent.node.NodeShare;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainView;
import io.anemone.core.hypervisor.HypervisorFailure;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.Hardware;
import io.anemone.core.vm.StopReason;
import io.anemone.core.wire.AgentMode;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.DesiredVm.Asks;
import io.anemone.core.wire.StopOrder;
import io.anemone.core.wire.VmReport.Answers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One VM that is suspended, and one that goes on from what was saved. */
class SuspendedVmTest {

    private static final Instant ORDER = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER_ORDER = ORDER.plusSeconds(60);
    private static final Hardware QUARTER = new Hardware(Hardware.Firmware.BIOS, false, false, false, 25);
    private static final Failure FULL = new Failure(ErrorCode.SUSPEND_FAILED, "There is no room.");

    /** Tasks that have not begun yet, while {@link #held}. */
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    private boolean held;
    private final Rig rig = new Rig(task -> {
        if (held) {
            tasks.add(task);
        } else {
            task.run();
        }
    });
    private final DomainId id = Guests.id();
    private final VmSupervisor vm = rig.supervisor(id);

    private static DesiredVm asking(DomainId id, @Nullable Integer restore, @Nullable Instant suspendAt) {
        return asking(id, restore, suspendAt, Guests.desired(id).options());
    }

    private static DesiredVm asking(
            DomainId id, @Nullable Integer restore, @Nullable Instant suspendAt, GuestOptions options) {
        return Guests.desired(id).with(options).with(new Asks(restore, suspendAt, null));
    }

    private void ready() {
        rig.guestReady.set(true);
        vm.want(Guests.desired(id));
        Rig.settle(vm);
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.READY);
    }

    private void suspend(Instant order) {
        vm.want(asking(id, null, order));
        Rig.settle(vm);
    }

    private int freePorts() {
        List<Integer> taken = new ArrayList<>();
        Optional<List<Integer>> one = rig.parts.ports().take(1);
        while (one.isPresent()) {
            taken.addAll(one.get());
            one = rig.parts.ports().take(1);
        }
        rig.parts.ports().giveBack(taken);
        return taken.size();
    }

    @Test
    void suspended_isKeptElsewhereAndNothingIsLeftOnTheNode() {
        // Given
        int free = freePorts();
        ready();

        // When
        suspend(ORDER);

        // Then
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.SUSPENDED);
        assertThat(vm.over()).isTrue();
        assertThat(rig.saved.find(id)).isPresent();
        assertThat(rig.hypervisor.domains()).isEmpty();
        assertThat(rig.files.left()).isEmpty();
        assertThat(freePorts()).isEqualTo(free);
    }

    @Test
    void noRoom_runsOnAndIsNotTriedAgainUntilItIsAskedForAgain() {
        // Given
        ready();
        rig.saved.failWith(FULL);

        // When
        suspend(ORDER);

        // Then
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.READY);
        assertThat(vm.report().answers()).isEqualTo(new Answers(ORDER, FULL, null));

        // When
        rig.saved.failWith(null);
        suspend(ORDER);

        // Then
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.READY);

        // When
        suspend(LATER_ORDER);

        // Then
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.SUSPENDED);
    }

    @Test
    void orderTakenBack_itsFailureIsNotSaidAnyMore() {
        // Given
        ready();
        rig.saved.failWith(FULL);
        suspend(ORDER);

        // When
        vm.want(Guests.desired(id));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().answers()).isEqualTo(new Answers(null, null, null));
    }

    @Test
    void stoppedBeforeItsMemoryIsWritten_isEndedAndNotSaved() {
        // Given
        ready();
        held = true;
        suspend(ORDER);
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.SUSPENDING);

        // When
        vm.stop(new StopOrder(id.vm(), id.attempt(), StopReason.USER, 10));
        vm.step();
        tasks.remove().run();
        Rig.settle(vm);

        // Then
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.ENDED);
        assertThat(vm.report().reason()).isEqualTo(StopReason.USER);
        assertThat(rig.saved.find(id)).isEmpty();
        assertThat(rig.saved.begun(id)).isEmpty();
    }

    @Test
    void agentDiedWhileItSaved_theNextLetsTheGuestGoOnIfNobodyWantsItSuspended() throws Exception {
        // Given
        rig.hypervisor.create(Guests.spec(id));
        rig.hypervisor.pause(id);
        rig.saved.begin(id, id, Path.of("/nonexistent"), 128);

        // When
        vm.adopt(new DomainView(Guests.mark(id), false));
        vm.want(Guests.desired(id));
        Rig.settle(vm);

        // Then
        assertThat(rig.hypervisor.paused(id)).isFalse();
        assertThat(rig.saved.begun(id)).isEmpty();
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.RUNNING);
    }

    @Test
    void agentDiedWhenItsMemoryWasWritten_theNextSaysThatItIsSuspended() throws Exception {
        // Given
        rig.hypervisor.create(Guests.spec(id));
        vm.adopt(new DomainView(Guests.mark(id), true));
        Path memory = rig.saved.begin(id, id, Path.of("/nonexistent"), 128);
        rig.hypervisor.save(id, memory.toString());

        // When
        vm.want(asking(id, null, ORDER));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.SUSPENDED);
        assertThat(rig.saved.find(id)).isPresent();
    }

    @Test
    void resumed_goesOnAsTheNextAttempt() {
        // Given
        ready();
        suspend(ORDER);
        DomainId next = new DomainId(id.vm(), 2);
        VmSupervisor resumed = rig.supervisor(next);

        // When
        resumed.want(asking(next, 1, null));
        Rig.settle(resumed);

        // Then
        assertThat(resumed.report().phase()).isEqualTo(AgentPhase.READY);
        assertThat(rig.hypervisor.restored()).containsExactly(next);
        assertThat(rig.hypervisor.created()).containsExactly(id);
        assertThat(rig.files.born(next)).isEqualTo(id);
    }

    @Test
    void nodeCannotReadItsMemory_anotherIsTriedFirst_thenItBootsFromItsOwnDisk() {
        // Given
        ready();
        suspend(ORDER);
        DomainId second = new DomainId(id.vm(), 2);
        DomainId third = new DomainId(id.vm(), 3);
        VmSupervisor secondTry = rig.supervisor(second);
        VmSupervisor thirdTry = rig.supervisor(third);

        // When
        rig.hypervisor.failsNextRestore(new HypervisorFailure.Failed("no such processor"));
        secondTry.want(asking(second, 1, null));
        Rig.settle(secondTry);

        // Then
        assertThat(secondTry.report().failure()).extracting(Failure::code).isEqualTo(ErrorCode.RESUME_FAILED);
        assertThat(rig.hypervisor.domains()).isEmpty();

        // When
        rig.hypervisor.failsNextRestore(new HypervisorFailure.Failed("no such processor"));
        thirdTry.want(asking(third, 1, null));
        Rig.settle(thirdTry);

        // Then
        assertThat(thirdTry.report().phase()).isEqualTo(AgentPhase.READY);
        assertThat(thirdTry.report().warnings()).anyMatch(warning -> warning.contains("booted from its own disk"));
        assertThat(rig.files.born(third)).isEqualTo(third);
        assertThat(rig.saved.find(id)).isPresent();
    }

    @Test
    void libvirtWithoutCgroups_aPartOfACoreGoesOnUnlimited(@TempDir Path node) throws IOException {
        // Given
        Files.createDirectories(node.resolve("sys/fs/cgroup/cpu"));
        ready();
        suspend(ORDER);
        DomainId next = new DomainId(id.vm(), 2);
        NodeShare onAPool = new NodeShare(new Cores(NodeCpus.ANY), new NodeHardware(node), AgentMode.SYSTEM);
        VmSupervisor resumed = rig.supervisor(next, onAPool);
        rig.hypervisor.failsNextRestore(new HypervisorFailure.SpecRejected("cgroup cpu is required"));

        // When
        resumed.want(asking(next, 1, null, GuestOptions.DEFAULT.with(QUARTER)));
        Rig.settle(resumed);

        // Then
        assertThat(resumed.report().phase()).isEqualTo(AgentPhase.READY);
        assertThat(rig.hypervisor.restored()).containsExactly(next);
        assertThat(resumed.report().warnings())
                .anyMatch(warning -> warning.startsWith("not held to its part of a core"));
    }

    @Test
    void whatWasSavedIsNotThere_failsAndBootsNothing() {
        // Given
        DomainId next = new DomainId(id.vm(), 2);
        VmSupervisor resumed = rig.supervisor(next);

        // When
        resumed.want(asking(next, 1, null));
        Rig.settle(resumed);

        // Then
        assertThat(resumed.report().failure()).extracting(Failure::code).isEqualTo(ErrorCode.RESUME_FAILED);
        assertThat(rig.hypervisor.created()).isEmpty();
    }
}
