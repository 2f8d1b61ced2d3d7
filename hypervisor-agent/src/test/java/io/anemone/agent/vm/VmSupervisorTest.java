package io.anemone.agent.vm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import io.anemone.core.hypervisor.Sighting.Ending;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.image.ReadinessProbe.Kind;
import io.anemone.core.vm.GuestNetwork;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.Hardware;
import io.anemone.core.vm.PublishedPort;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.Storage;
import io.anemone.core.wire.AgentMode;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.StopOrder;
import io.anemone.core.wire.VmReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VmSupervisorTest {

    private final Rig rig = new Rig();
    private final DomainId id = Guests.id();
    private final VmSupervisor vm = rig.supervisor(id);

    private VmSupervisor ready() {
        vm.want(Guests.desired(id));
        rig.guestReady.set(true);
        Rig.settle(vm);
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.READY);
        return vm;
    }

    private static DesiredVm toBeRebooted(DomainId id, Instant order) {
        return Guests.desired(id).with(new DesiredVm.Asks(null, null, order));
    }

    @Test
    void rebooted_isDoneWhenTheGuestCanBeUsedAgain() {
        // Given
        ready();
        Instant order = rig.clock.instant();

        // When
        rig.guestReady.set(false);
        vm.want(toBeRebooted(id, order));
        Rig.settle(vm);

        // Then
        assertThat(rig.hypervisor.reboots(id)).isEqualTo(1);
        assertThat(vm.report().answers()).isNull();

        // When
        rig.guestReady.set(true);
        Rig.settle(vm);

        // Then
        assertThat(vm.report().answers())
                .isNotNull()
                .extracting(VmReport.Answers::rebootAt)
                .isEqualTo(order);
        assertThat(rig.hypervisor.reboots(id)).isEqualTo(1);
    }

    private StopOrder stop(int grace) {
        return new StopOrder(id.vm(), id.attempt(), StopReason.USER, grace);
    }

    @Test
    void wanted_runsAndIsReadyOnlyWithEvidence() {
        // When
        vm.want(Guests.desired(id));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.RUNNING);
        assertThat(vm.report().ssh()).isNotNull();
        assertThat(vm.report().warnings()).containsExactly("emulated: KVM does not work on this node");

        // When
        rig.guestReady.set(true);
        rig.clock.advance(Duration.ofSeconds(2));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.READY);
        assertThat(vm.report().readyAt()).isEqualTo(rig.clock.instant());
    }

    @Test
    void publishedPorts_areReportedEachWithOneOfTheNodes() {
        // When
        vm.want(with(new GuestOptions(
                Hardware.DEFAULT, Storage.NONE, new GuestNetwork(null, List.of(80, 443), false), null, null)));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().ports()).extracting(PublishedPort::guest).containsExactly(80, 443);
        assertThat(vm.report().ports())
                .extracting(PublishedPort::port)
                .doesNotHaveDuplicates()
                .doesNotContain(requireNonNull(vm.report().ssh()).port());
    }

    @Test
    void bridgeInAJobOfAUser_isTheNodesFaultAndNothingIsLeft() {
        // When
        vm.want(with(new GuestOptions(
                Hardware.DEFAULT, Storage.NONE, new GuestNetwork("br0", List.of(), false), null, null)));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().failure()).extracting(Failure::code).isEqualTo(ErrorCode.HARDWARE_MISSING_ON_NODE);
        assertThat(rig.hypervisor.domains()).isEmpty();
        assertThat(rig.files.left()).isEmpty();
    }

    private DesiredVm with(GuestOptions options) {
        return Guests.desired(id).with(options);
    }

    @Test
    void notReadyInTime_warnsAndGoesOnLooking() {
        // Given
        vm.want(Guests.desired(id));
        Rig.settle(vm);

        // When
        rig.clock.advance(Guests.READY_LIMIT.plusSeconds(1));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.RUNNING);
        assertThat(vm.report().warnings())
                .contains("not ready after 60 s: its ssh server has not answered; look at its console log");
    }

    private static DesiredVm failingWhenLate(DomainId id) {
        DesiredVm plain = Guests.desired(id);
        ReadinessProbe probe =
                new ReadinessProbe(Kind.AGENT, Duration.ofSeconds(20), null, ReadinessProbe.OnTimeout.FAIL);
        return plain.with(plain.options().with(probe));
    }

    @Test
    void notReadyInTimeAndToFail_isDestroyedAndSaysWhatWasMissing() {
        // Given
        vm.want(failingWhenLate(id));
        Rig.settle(vm);
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.RUNNING);

        // When
        rig.clock.advance(Duration.ofSeconds(21));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.ENDED);
        assertThat(vm.report().failure()).extracting(Failure::code).isEqualTo(ErrorCode.GUEST_NOT_READY);
        assertThat(vm.report().message())
                .startsWith("The guest was not ready after 20 s: its guest agent has not answered")
                .endsWith("(vm: " + id.vm() + ", node: n1, job: 77)");
        assertThat(rig.hypervisor.exists(id)).isFalse();
        assertThat(rig.files.left()).isEmpty();
    }

    @Test
    void readyInTimeAndToFail_livesOnAfterTheDeadline() {
        // Given
        vm.want(failingWhenLate(id));
        rig.guestReady.set(true);
        Rig.settle(vm);

        // When
        rig.guestReady.set(false);
        rig.clock.advance(Duration.ofMinutes(5));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.READY);
    }

    @Test
    void adoptedAndToFail_isNotEndedForWhatAnEarlierAgentMayHaveSeen() {
        // Given
        rig.hypervisor.create(Guests.spec(id));
        vm.adopt(new DomainView(Guests.mark(id), true));
        vm.want(failingWhenLate(id));
        Rig.settle(vm);

        // When
        rig.clock.advance(Duration.ofMinutes(5));
        Rig.settle(vm);

        // Then
        assertThat(rig.hypervisor.exists(id)).isTrue();
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.RUNNING);
    }

    @Test
    void guestSwitchesItselfOff_endsWithGuestAndLeavesNothing() {
        // Given
        ready();

        // When
        rig.hypervisor.ends(id, Ending.POWERED_OFF);
        Rig.settle(vm);

        // Then
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.ENDED);
        assertThat(vm.report().reason()).isEqualTo(StopReason.GUEST);
        assertThat(rig.files.left()).isEmpty();
    }

    @Test
    void qemuCrashes_endsWithGuestCrashedAndIdentity() {
        // Given
        ready();

        // When
        rig.hypervisor.ends(id, Ending.CRASHED);
        Rig.settle(vm);

        // Then
        assertThat(vm.report().failure()).extracting(Failure::code).isEqualTo(ErrorCode.GUEST_CRASHED);
        assertThat(vm.report().message()).endsWith("(vm: " + id.vm() + ", node: n1, job: 77)");
    }

    @Test
    void stopOrdered_guestShutsDownAndEndsWithTheOrdersReason() {
        // Given
        ready();

        // When
        vm.stop(stop(10));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().reason()).isEqualTo(StopReason.USER);
        assertThat(rig.hypervisor.exists(id)).isFalse();
    }

    @Test
    void guestIgnoresShutdown_isDestroyedAfterItsGraceAndNotBefore() {
        // Given
        rig.hypervisor.guestsIgnoreShutdown();
        ready();
        vm.stop(stop(10));

        // When
        rig.clock.advance(Duration.ofSeconds(9));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.STOPPING);
        assertThat(rig.hypervisor.exists(id)).isTrue();

        // When
        rig.clock.advance(Duration.ofSeconds(1));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().reason()).isEqualTo(StopReason.USER);
    }

    @Test
    void stoppedWhileBooting_isDestroyedAtOnceForItHearsNoShutdown() {
        // Given
        rig.hypervisor.guestsIgnoreShutdown();
        vm.want(Guests.desired(id));
        Rig.settle(vm);

        // When
        vm.stop(stop(10));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().reason()).isEqualTo(StopReason.USER);
        assertThat(rig.hypervisor.exists(id)).isFalse();
    }

    @Test
    void stoppedInTheMomentThatItIsUp_hasItsGrace() {
        // Given
        rig.hypervisor.guestsIgnoreShutdown();
        vm.want(Guests.desired(id));
        Rig.settle(vm);
        rig.guestReady.set(true);

        // When
        vm.stop(stop(10));
        Rig.settle(vm);

        // Then
        assertThat(rig.hypervisor.exists(id)).isTrue();
    }

    @Test
    void stoppedWhenItsBootTookTooLong_hasItsGrace() {
        // Given: it may be up, and only its ssh server is not
        rig.hypervisor.guestsIgnoreShutdown();
        vm.want(Guests.desired(id));
        Rig.settle(vm);
        rig.clock.advance(Guests.READY_LIMIT.plusSeconds(1));

        // When
        vm.stop(stop(10));
        Rig.settle(vm);

        // Then
        assertThat(rig.hypervisor.exists(id)).isTrue();
    }

    @Test
    void adoptedAndNotSeenReady_hasItsGrace() {
        // Given: it was ready under the earlier agent, and answers no probe now
        rig.hypervisor.guestsIgnoreShutdown();
        ready();
        rig.guestReady.set(false);
        VmSupervisor successor = rig.supervisor(id);
        successor.adopt(new DomainView(rig.hypervisor.running(id).mark(), true));
        successor.want(Guests.desired(id));
        Rig.settle(successor);

        // When
        successor.stop(stop(10));
        Rig.settle(successor);

        // Then
        assertThat(rig.hypervisor.exists(id)).isTrue();
    }

    @Test
    void walltimeUsedUp_endsWithWalltime() {
        // Given
        vm.want(Guests.desired(id, rig.clock.instant().plusSeconds(60)));
        Rig.settle(vm);

        // When
        rig.clock.advance(Duration.ofSeconds(60));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().reason()).isEqualTo(StopReason.WALLTIME);
    }

    @Test
    void leaseAboutToEnd_endsWithWalltimeBeforeTheSchedulerDoes() {
        // Given
        ready();
        vm.leaseEnds(LeaseEnding.before(rig.clock.instant().plusSeconds(100), Duration.ofSeconds(30)));

        // When
        rig.clock.advance(Duration.ofSeconds(69));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.READY);

        // When
        rig.clock.advance(Duration.ofSeconds(1));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().reason()).isEqualTo(StopReason.WALLTIME);
    }

    @Test
    void hypervisorDown_nothingIsKnownAndNothingEnds() {
        // Given
        ready();
        VmReport before = vm.report();

        // When
        rig.hypervisor.goesDown();
        Rig.settle(vm);

        // Then
        assertThat(vm.report()).isEqualTo(before);

        // When
        rig.hypervisor.comesBack();
        Rig.settle(vm);

        // Then
        assertThat(vm.report()).isEqualTo(before);
        assertThat(rig.hypervisor.created()).hasSize(1);
    }

    @Test
    void hypervisorDownAtStart_failsWithoutHavingStartedAnything() {
        // Given
        rig.hypervisor.goesDown();

        // When
        vm.want(Guests.desired(id));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().failure()).extracting(Failure::code).isEqualTo(ErrorCode.HYPERVISOR_UNAVAILABLE);
        assertThat(rig.hypervisor.created()).isEmpty();
    }

    @Test
    void createReplyLost_theDomainIsFoundAndNotStartedTwice() {
        // Given
        rig.hypervisor.losesNextCreateReply();

        // When
        ready();

        // Then
        assertThat(rig.hypervisor.created()).containsExactly(id);
    }

    @Test
    void definitionRejected_endsWithSpecRejected() {
        // Given
        rig.hypervisor.failsNextCreate(new HypervisorFailure.SpecRejected("no such machine"));

        // When
        vm.want(Guests.desired(id));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().failure()).extracting(Failure::code).isEqualTo(ErrorCode.SPEC_REJECTED);
        assertThat(rig.files.left()).isEmpty();
    }

    @Test
    void libvirtWithoutCgroups_runsAPartOfACoreUnlimitedAndSaysSo(@TempDir Path node) throws IOException {
        // Given
        Files.createDirectories(node.resolve("sys/fs/cgroup/cpu"));
        Hardware quarter = new Hardware(Hardware.Firmware.BIOS, false, false, false, 25);
        NodeShare onAPool = new NodeShare(new Cores(NodeCpus.ANY), new NodeHardware(node), AgentMode.SYSTEM);
        VmSupervisor part = rig.supervisor(id, onAPool);
        rig.hypervisor.failsNextCreate(new HypervisorFailure.SpecRejected("cgroup cpu is required"));

        // When
        part.want(with(GuestOptions.DEFAULT.with(quarter)));
        Rig.settle(part);

        // Then
        assertThat(part.report().phase()).isEqualTo(AgentPhase.RUNNING);
        assertThat(part.report().warnings()).anyMatch(warning -> warning.startsWith("not held to its part of a core"));
    }

    @Test
    void imageMissing_endsWithItsCode() {
        // Given
        rig.files.failWith(new Failure(ErrorCode.IMAGE_MISSING_ON_NODE, "not there"));

        // When
        vm.want(Guests.desired(id));
        Rig.settle(vm);

        // Then
        assertThat(vm.report().failure()).extracting(Failure::code).isEqualTo(ErrorCode.IMAGE_MISSING_ON_NODE);
    }

    @Test
    void stopForAnAttemptNeverHeardOf_isOverAtOnce() {
        // Given
        rig.hypervisor.goesDown();

        // When
        vm.stop(stop(10));
        vm.step();

        // Then
        assertThat(vm.report().phase()).isEqualTo(AgentPhase.ENDED);
        assertThat(vm.report().reason()).isEqualTo(StopReason.USER);
    }

    @Test
    void foundByANewAgent_isAdoptedAndNotStartedAgain() {
        // Given
        ready();
        VmSupervisor successor = rig.supervisor(id);

        // When
        successor.adopt(new DomainView(rig.hypervisor.running(id).mark(), true));
        Rig.settle(successor);

        // Then
        assertThat(successor.report().phase()).isEqualTo(AgentPhase.RUNNING);
        assertThat(successor.report().adopted()).isTrue();
        assertThat(successor.report().ssh()).isEqualTo(vm.report().ssh());

        // When: the orchestrator comes back later, and still desires it
        successor.want(Guests.desired(id));
        Rig.settle(successor);

        // Then
        assertThat(successor.report().phase()).isEqualTo(AgentPhase.READY);
        assertThat(rig.hypervisor.created()).containsExactly(id);
    }

    @Test
    void wantedByANewAgentWithoutAdoption_isFoundAndNotStartedAgain() {
        // Given
        ready();
        VmSupervisor successor = rig.supervisor(id);

        // When
        successor.want(Guests.desired(id));
        Rig.settle(successor);

        // Then
        assertThat(successor.report().adopted()).isTrue();
        assertThat(rig.hypervisor.created()).containsExactly(id);
    }

    @Test
    void endedUnderTheEarlierAgent_keepsItsReason() {
        // Given
        ready();
        vm.stop(stop(10));
        Rig.settle(vm);
        VmSupervisor successor = rig.supervisor(id);

        // When
        successor.want(Guests.desired(id));
        Rig.settle(successor);

        // Then
        assertThat(successor.report()).isEqualTo(vm.report());
        assertThat(rig.hypervisor.created()).containsExactly(id);
    }

    @Test
    void endedWhileNoAgentRan_isNotStartedAgain() {
        // Given
        ready();
        rig.hypervisor.ends(id, Ending.UNSEEN);
        VmSupervisor successor = rig.supervisor(id);

        // When
        successor.want(Guests.desired(id));
        Rig.settle(successor);

        // Then
        assertThat(successor.report().failure()).extracting(Failure::code).isEqualTo(ErrorCode.GUEST_CRASHED);
        assertThat(rig.hypervisor.created()).containsExactly(id);
    }

    @Test
    void createHangs_stepsGoOnAndTheLateDomainIsEndedWhenStopWasOrdered() {
        // Given
        Rig threaded = new Rig(task -> Thread.ofVirtual().start(task));
        CountDownLatch hang = threaded.hypervisor.hangsOnNextCreate();
        VmSupervisor slow = threaded.supervisor(id);
        slow.want(Guests.desired(id));
        slow.step();
        await().until(() -> slow.report().phase() == AgentPhase.BOOTING);

        // When
        threaded.clock.advance(Duration.ofSeconds(31));
        slow.step();
        slow.stop(stop(0));
        slow.step();

        // Then: not over, for the domain may still appear
        assertThat(slow.report().phase()).isEqualTo(AgentPhase.BOOTING);
        assertThat(slow.report().warnings()).anyMatch(warning -> warning.contains("more than 30 s"));

        // When
        hang.countDown();

        // Then
        await().untilAsserted(() -> {
            slow.step();
            assertThat(slow.report().phase()).isEqualTo(AgentPhase.ENDED);
        });
        assertThat(slow.report().reason()).isEqualTo(StopReason.USER);
        assertThat(threaded.hypervisor.exists(id)).isFalse();
    }
}
