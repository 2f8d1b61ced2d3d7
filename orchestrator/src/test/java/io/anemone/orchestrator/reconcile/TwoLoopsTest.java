package io.anemone.orchestrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeasePhase;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.PoolSpec;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmEvent;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSize;
import io.anemone.core.vm.VmSpec;
import io.anemone.orchestrator.lease.LeaseQuery;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.lease.LeaseStore;
import io.anemone.orchestrator.pool.PoolStore;
import io.anemone.orchestrator.testing.AtOnce;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.anemone.orchestrator.vm.VmQuery;
import io.anemone.orchestrator.vm.VmService;
import io.anemone.orchestrator.vm.VmStore;
import io.anemone.testkit.scheduler.FakeScheduler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several loops plan the same from snapshots of the same moment; the running service's own loop is one more. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected
class TwoLoopsTest {

    private static final int ROUNDS = 100;

    @Inject
    PoolKeeper keeper;

    @Inject
    PoolStore pools;

    @Inject
    LeaseStore leases;

    @Inject
    LeaseQuery leaseQuery;

    @Inject
    VmStore vms;

    @Inject
    VmQuery vmQuery;

    @Inject
    VmService service;

    @Inject
    FakeScheduler scheduler;

    @Inject
    Clock clock;

    /** What is not known to the scheduler is no reason to end anything: the leases here have no jobs. */
    @BeforeEach
    void schedulerAway() {
        scheduler.isDown();
    }

    @AfterEach
    void schedulerBack() {
        scheduler.isUp();
    }

    private static PoolSpec pool(String name, int leases) {
        return new PoolSpec(name, leases, null, Duration.ofHours(24), Duration.ofHours(1));
    }

    private List<LeaseRecord> heldBy(String pool) {
        return leaseQuery.list(true, 10_000).stream()
                .filter(lease -> pool.equals(lease.spec().pool()) && lease.phase() != LeasePhase.RELEASING)
                .toList();
    }

    private void keptByThree(String pool) throws Exception {
        AtOnce.run(List.of(() -> keeper.keep(pool), () -> keeper.keep(pool), () -> keeper.keep(pool)));
    }

    @Test
    void poolThatMissesLeases_asksForEachOnce_andGivesBackOnlyWhatIsTooMuch() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String name = "loops-" + round;

            pools.put(pool(name, 2));
            keptByThree(name);
            assertThat(heldBy(name)).as("asked for, round %d", round).hasSize(2);

            pools.put(pool(name, 1));
            keptByThree(name);
            assertThat(heldBy(name)).as("given back, round %d", round).hasSize(1);

            pools.put(pool(name, 0));
            keptByThree(name);
            assertThat(heldBy(name)).as("empty, round %d", round).isEmpty();
        }
    }

    @Test
    void vmsThatWantTheSameRoom_neverGetMoreThanThereIs() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            String pool = "room-" + round;
            String job = "room-job-" + round;
            LeaseId lease = activeLease(pool, job);
            List<VmId> waiting = IntStream.range(0, 6)
                    .mapToObj(i -> vms.create(vm(pool), Optional.empty(), "ada"))
                    .toList();

            // When
            AtOnce.run(waiting.stream()
                    .map(vm -> (Runnable) () -> vms.apply(vm, new VmEvent.Assigned(lease), null))
                    .toList());

            // Then
            assertThat(waiting.stream().filter(vm -> phase(vm) == Phase.PLACED))
                    .as("placed, round %d", round)
                    .hasSize(3);

            waiting.forEach(vm -> service.terminate(vm, "ada", StopReason.USER));
            LeaseEnd end = LeaseEnd.of(LeaseEnd.Cause.COMPLETED, "done");
            leases.apply(lease, new LeaseEvent.JobOver(job, end), null);
            waiting.forEach(vm -> vms.apply(vm, new VmEvent.LeaseOver(lease, end), null));
        }
    }

    @Test
    void leaseThatIsGivenBackWhileVmsWantIt_takesNoVmWithIt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            // Given: a lease that its pool has no use for any more, and a VM that was planned onto it
            String pool = "shrunk-" + round;
            String job = "shrunk-job-" + round;
            LeaseId lease = activeLease(pool, job);
            VmId vm = vms.create(vm(pool), Optional.empty(), "ada");
            pools.put(pool(pool, 1));
            pools.put(pool(pool, 0));

            // When
            AtOnce.run(List.of(
                    () -> keeper.keep(pool),
                    () -> vms.apply(vm, new VmEvent.Assigned(lease), null),
                    () -> keeper.keep(pool)));

            // Then
            LeasePhase after = leases.find(lease).orElseThrow().phase();
            assertThat(Stream.of(LeasePhase.DRAINING, LeasePhase.RELEASING)).contains(after);
            assertThat(phase(vm)).isEqualTo(after == LeasePhase.DRAINING ? Phase.PLACED : Phase.PENDING);

            service.terminate(vm, "ada", StopReason.USER);
            LeaseEnd end = LeaseEnd.of(LeaseEnd.Cause.COMPLETED, "done");
            leases.apply(lease, new LeaseEvent.JobOver(job, end), null);
            vms.apply(vm, new VmEvent.LeaseOver(lease, end), null);
        }
    }

    private LeaseId activeLease(String pool, String job) {
        LeaseId lease = leases.request(
                new LeaseSpec(LaunchPath.STATIC, "anemone", null, null, pool, 0, 0, Duration.ofHours(24), true), null);
        leases.apply(lease, new LeaseEvent.Submitted(job), null);
        leases.apply(
                lease,
                new LeaseEvent.AgentJoined(job, "n1", clock.instant().plus(Duration.ofHours(24)), new Grant(3, 4096)),
                null);
        assertThat(leases.find(lease).orElseThrow().phase()).isEqualTo(LeasePhase.ACTIVE);
        return lease;
    }

    private static VmSpec vm(String pool) {
        return new VmSpec(
                "web",
                "ada",
                null,
                LaunchPath.STATIC,
                "micro",
                new VmSize(1, 256),
                null,
                null,
                pool,
                List.of(),
                null,
                Map.of(),
                GuestOptions.DEFAULT);
    }

    private Phase phase(VmId vm) {
        return vmQuery.find(vm).orElseThrow().phase();
    }
}
