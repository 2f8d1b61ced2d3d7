package io.anemone.agent.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anemone.agent.Guests;
import io.anemone.agent.link.Link;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.hypervisor.DomainView;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmSize;
import io.anemone.core.wire.Acceleration;
import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.Inventory;
import io.anemone.core.wire.OrchestratorMessage.Desired;
import io.anemone.core.wire.OrchestratorMessage.Welcome;
import io.anemone.core.wire.StopOrder;
import io.anemone.core.wire.Stray;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LeaseSupervisorTest {

    private final Rig rig = new Rig(task -> Thread.ofVirtual().start(task));
    private final LeaseSupervisor lease = new LeaseSupervisor(rig.parts, new DeafLink(), null, () -> {});
    private final DomainId id = Guests.id();

    private Desired desired(long epoch, boolean release, List<DesiredVm> run, List<StopOrder> stop) {
        return new Desired(Guests.LEASE, epoch, rig.clock.instant().plusSeconds(3600), release, run, stop, List.of());
    }

    private void awaitPhase(AgentPhase phase) {
        await().untilAsserted(() -> assertThat(lease.reports()).anyMatch(report -> report.phase() == phase));
    }

    @Test
    void desired_isRun() {
        // When
        lease.desired(desired(1, false, List.of(Guests.desired(id)), List.of()));

        // Then
        awaitPhase(AgentPhase.RUNNING);
        assertThat(rig.hypervisor.created()).containsExactly(id);
    }

    @Test
    void olderEpoch_isRefused() {
        // Given
        lease.welcome(new Welcome(Guests.LEASE, 5, "s"));

        // When
        boolean accepted = lease.desired(desired(4, false, List.of(Guests.desired(id)), List.of()));

        // Then
        assertThat(accepted).isFalse();
        assertThat(lease.reports()).isEmpty();
        assertThat(lease.epoch()).isEqualTo(5);
    }

    @Test
    void missingFromDesired_isLeftAlone() {
        // Given
        lease.desired(desired(1, false, List.of(Guests.desired(id)), List.of()));
        awaitPhase(AgentPhase.RUNNING);

        // When
        lease.desired(desired(1, false, List.of(), List.of()));

        // Then
        assertThat(rig.hypervisor.exists(id)).isTrue();
        assertThat(lease.reports()).hasSize(1);
    }

    @Test
    void endedAndNoLongerListed_isForgottenButNotRunAgain() {
        // Given
        lease.desired(desired(1, false, List.of(Guests.desired(id)), List.of()));
        awaitPhase(AgentPhase.RUNNING);
        lease.desired(desired(1, false, List.of(), List.of(new StopOrder(id.vm(), id.attempt(), StopReason.USER, 10))));
        awaitPhase(AgentPhase.ENDED);

        // When
        lease.desired(desired(1, false, List.of(), List.of()));

        // Then
        assertThat(lease.reports()).isEmpty();

        // When: an order from before arrives late
        lease.desired(desired(1, false, List.of(Guests.desired(id)), List.of()));

        // Then
        awaitPhase(AgentPhase.ENDED);
        assertThat(rig.hypervisor.created()).containsExactly(id);
    }

    @Test
    void released_everyGuestEnds() {
        // Given
        lease.desired(desired(1, false, List.of(Guests.desired(id)), List.of()));
        awaitPhase(AgentPhase.RUNNING);

        // When
        lease.desired(desired(2, true, List.of(), List.of()));

        // Then
        await().until(lease::allOver);
        assertThat(lease.released()).isTrue();
        assertThat(rig.hypervisor.exists(id)).isFalse();
    }

    @Test
    void oneCreateHangs_anotherVmStarts() {
        // Given
        CountDownLatch hang = rig.hypervisor.hangsOnNextCreate();
        lease.desired(desired(1, false, List.of(Guests.desired(id)), List.of()));
        awaitPhase(AgentPhase.BOOTING);
        DomainId other = Guests.id();

        // When
        lease.desired(desired(1, false, List.of(Guests.desired(id), Guests.desired(other)), List.of()));

        // Then
        awaitPhase(AgentPhase.RUNNING);
        assertThat(rig.hypervisor.exists(other)).isTrue();
        assertThat(rig.hypervisor.exists(id)).isFalse();
        hang.countDown();
    }

    @Test
    void domainsOfAnotherJob_areNotAdopted() {
        // Given
        var foreign = new DomainMark(id, new LeaseId(UUID.randomUUID()), "78", null, rig.clock.instant());

        // When
        lease.adopt(List.of(new DomainView(foreign, true)));

        // Then
        assertThat(lease.reports()).isEmpty();
    }

    private DomainView startedByAnotherJob() {
        DomainMark mark = new DomainMark(id, new LeaseId(UUID.randomUUID()), "78", null, rig.clock.instant());
        rig.hypervisor.create(new DomainSpec(
                mark,
                new VmSize(1, 128),
                Acceleration.EMULATION,
                null,
                List.of(),
                new DomainSpec.Consoles("/dev/null", "/nonexistent/serial", null)));
        return new DomainView(mark, true);
    }

    @Test
    void strayOfAnotherJob_isToldOf_andLeftAloneUntilAnOrderNamesIt() {
        // Given
        DomainView stray = startedByAnotherJob();
        Stocktaking stock = new Stocktaking(rig.parts, lease);

        // When
        Optional<Inventory> found = stock.take();

        // Then
        assertThat(found)
                .contains(new Inventory(
                        List.of(new Stray(id.vm(), id.attempt(), stray.mark().lease(), "78")), List.of()));
        lease.desired(desired(1, false, List.of(), List.of()));
        assertThat(rig.hypervisor.exists(id)).isTrue();

        // When
        StopOrder order = new StopOrder(id.vm(), id.attempt(), StopReason.LEASE_LOST, 0);
        lease.desired(desired(1, false, List.of(), List.of(order)));

        // Then
        awaitPhase(AgentPhase.ENDED);
        assertThat(rig.hypervisor.exists(id)).isFalse();
        assertThat(stock.take()).contains(new Inventory(List.of(), List.of()));
    }

    @Test
    void supervisedDomain_isNoStray() {
        lease.desired(desired(1, false, List.of(Guests.desired(id)), List.of()));
        awaitPhase(AgentPhase.RUNNING);

        assertThat(new Stocktaking(rig.parts, lease).take()).contains(new Inventory(List.of(), List.of()));
    }

    @Test
    void silentHypervisor_leavesItOpenWhatIsThere() {
        startedByAnotherJob();
        rig.hypervisor.goesDown();

        assertThat(new Stocktaking(rig.parts, lease).take()).isEmpty();
    }

    private static final class DeafLink implements Link {
        @Override
        public boolean send(AgentMessage message) {
            return false;
        }

        @Override
        public boolean flush(Duration limit) {
            return true;
        }
    }
}
