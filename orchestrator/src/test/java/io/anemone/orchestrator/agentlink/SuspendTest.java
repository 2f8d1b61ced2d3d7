package io.anemone.orchestrator.agentlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.lease.LeasePhase;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.Discard;
import io.anemone.core.wire.OrchestratorMessage.Desired;
import io.anemone.core.wire.VmReport;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.anemone.orchestrator.vm.VmRecord;
import io.anemone.orchestrator.vm.VmService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected
class SuspendTest {

    @Inject
    World world;

    @Inject
    VmService service;

    @BeforeEach
    void room() {
        world.clearsTheNodes();
    }

    private static DesiredVm of(VmId vm, List<DesiredVm> orders) {
        return orders.stream().filter(each -> each.vm().equals(vm)).findFirst().orElseThrow();
    }

    private Instant suspends(VmId vm, TestAgent agent) {
        service.suspend(vm, "ada");
        assertThat(world.vm(vm).phase()).isEqualTo(Phase.SUSPENDING);
        Desired orders = agent.desired(
                all -> all.run().stream().anyMatch(run -> run.asks().suspendAt() != null));
        return Objects.requireNonNull(of(vm, orders.run()).asks().suspendAt());
    }

    @Test
    void suspendedAndResumed_goesOnInAnotherJob() {
        // Given
        VmId vm = world.asksForScheduledVm("ada");
        LeaseRecord first = world.leaseOf(vm);
        try (TestAgent agent = world.startsJobOf(first).joins(world.tokenOf(first))) {
            agent.toRun(vm);
            agent.reports(vm, 1, AgentPhase.READY);
            world.vmBecomes(vm, Phase.READY);

            // When
            suspends(vm, agent);
            agent.reports(vm, 1, AgentPhase.SUSPENDED);

            // Then
            VmRecord suspended = world.vmBecomes(vm, Phase.SUSPENDED);
            assertThat(suspended.lease()).isNull();
            assertThat(suspended.goal()).isEqualTo(Goal.SUSPEND);
            assertThat(suspended.times().suspendedAt()).isNotNull();
            agent.desired(orders -> orders.release());
        }
        world.scheduler.end(world.jobOf(first).id(), JobState.COMPLETED, 0);
        world.leaseBecomes(first, LeasePhase.RELEASED);

        // When
        service.resume(vm, "ada");
        world.vmBecomes(vm, Phase.QUEUED);
        LeaseRecord second = world.leaseOf(vm);
        assertThat(second.id()).isNotEqualTo(first.id());
        try (TestAgent agent = world.startsJobOf(second).joins(world.tokenOf(second))) {
            Desired orders = agent.desired(all -> !all.resume().isEmpty());

            // Then
            assertThat(of(vm, orders.resume()))
                    .satisfies(order -> assertThat(order.attempt()).isEqualTo(2))
                    .satisfies(order -> assertThat(order.asks().restore()).isEqualTo(1));
            assertThat(orders.discard()).isEmpty();

            // When
            agent.reports(vm, 2, AgentPhase.READY);

            // Then
            assertThat(world.vmBecomes(vm, Phase.READY).times().suspendedAt()).isNull();
            Discard useless = new Discard(vm, 1);
            agent.desired(all -> all.discard().contains(useless) && all.resume().isEmpty());
            agent.send(new AgentMessage.Report(agent.welcome().epoch(), List.of(), null, List.of(useless)));
            agent.desired(all -> all.discard().isEmpty());
        }
        world.scheduler.end(world.jobOf(second).id(), JobState.NODE_FAIL, 1);
        world.vmBecomes(vm, Phase.STOPPED);
    }

    @Test
    void cannotBeSaved_runsOnAndItsRecordSaysWhy() {
        // Given
        VmId vm = world.asksForScheduledVm("ada");
        LeaseRecord lease = world.leaseOf(vm);
        try (TestAgent agent = world.startsJobOf(lease).joins(world.tokenOf(lease))) {
            agent.toRun(vm);
            agent.reports(vm, 1, AgentPhase.READY);
            world.vmBecomes(vm, Phase.READY);
            Instant order = suspends(vm, agent);

            // When
            agent.report(new VmReport(
                    vm,
                    1,
                    AgentPhase.READY,
                    null,
                    null,
                    null,
                    null,
                    null,
                    "",
                    List.of(),
                    false,
                    null,
                    new VmReport.Answers(
                            order, new Failure(ErrorCode.SUSPEND_FAILED, "There is no room for it."), null),
                    List.of()));

            // Then
            VmRecord runs = world.vmBecomes(vm, Phase.READY);
            assertThat(runs.message()).contains("There is no room for it.");
            assertThat(runs.goal()).isEqualTo(Goal.RUN);
        }
        world.scheduler.end(world.jobOf(lease).id(), JobState.NODE_FAIL, 1);
        world.vmBecomes(vm, Phase.STOPPED);
    }

    @Test
    void deletedWhileSuspended_isOverAndWhatItSavedIsRemovedByTheNextAgentOfItsOwner() {
        // Given
        VmId vm = world.asksForScheduledVm("carol");
        LeaseRecord lease = world.leaseOf(vm);
        try (TestAgent agent = world.startsJobOf(lease).joins(world.tokenOf(lease))) {
            agent.toRun(vm);
            agent.reports(vm, 1, AgentPhase.READY);
            world.vmBecomes(vm, Phase.READY);
            suspends(vm, agent);
            agent.reports(vm, 1, AgentPhase.SUSPENDED);
            world.vmBecomes(vm, Phase.SUSPENDED);
        }
        world.scheduler.end(world.jobOf(lease).id(), JobState.COMPLETED, 0);

        // When
        service.terminate(vm, "carol", StopReason.USER);

        // Then
        assertThat(world.vm(vm).reason()).isEqualTo("USER");
        VmId next = world.asksForScheduledVm("carol");
        LeaseRecord nextLease = world.leaseOf(next);
        try (TestAgent agent = world.startsJobOf(nextLease).joins(world.tokenOf(nextLease))) {
            agent.desired(all -> all.discard().contains(new Discard(vm, 1)));
        }
        world.scheduler.end(world.jobOf(nextLease).id(), JobState.NODE_FAIL, 1);
    }

    @Test
    void waitingVm_isNotSuspended_andOneThatIsOverNeither() {
        VmId vm = world.asksForScheduledVm("ada");
        world.leaseOf(vm);

        assertThatThrownBy(() -> service.suspend(vm, "ada"))
                .isInstanceOfSatisfying(
                        AnemoneException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_PHASE));
        service.terminate(vm, "ada", StopReason.USER);
        await().atMost(World.PATIENCE).until(() -> world.vm(vm).phase().terminal());
        assertThatThrownBy(() -> service.resume(vm, "ada"))
                .isInstanceOfSatisfying(
                        AnemoneException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_PHASE));
    }

    @Test
    void reboot_isOrderedOnceUntilItIsDone() {
        // Given
        VmId vm = world.asksForScheduledVm("ada");
        LeaseRecord lease = world.leaseOf(vm);
        try (TestAgent agent = world.startsJobOf(lease).joins(world.tokenOf(lease))) {
            agent.toRun(vm);
            agent.reports(vm, 1, AgentPhase.READY);
            world.vmBecomes(vm, Phase.READY);

            // When
            service.reboot(vm, "ada");
            Instant order = world.vm(vm).orders().rebootAskedAt();
            service.reboot(vm, "ada");

            // Then
            assertThat(order).isNotNull();
            assertThat(world.vm(vm).orders().rebootAskedAt()).isEqualTo(order);
            agent.desired(all ->
                    all.run().stream().anyMatch(run -> Objects.equals(run.asks().rebootAt(), order)));
            assertThat(world.vm(vm).rebooting()).isTrue();
        }
        world.scheduler.end(world.jobOf(lease).id(), JobState.NODE_FAIL, 1);
        world.vmBecomes(vm, Phase.STOPPED);
    }
}
