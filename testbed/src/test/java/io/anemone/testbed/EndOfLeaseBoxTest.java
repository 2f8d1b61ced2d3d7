package io.anemone.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lifecycles are bound both ways: no domain outlives its job, and no job of one VM outlives that. */
@BoxTest
class EndOfLeaseBoxTest {

    private static final Duration FENCED = Duration.ofSeconds(10);

    private final Site site = Site.up();

    @ParameterizedTest
    @EnumSource
    void jobCancelled_endsItsDomain_andTheVmSaysWhy(LaunchPath path) {
        Guest guest = launched(path);

        site.slurm().cancel(guest.now().jobId());

        guest.gone(FENCED);
        saysThatItsJobEnded(guest);
    }

    @ParameterizedTest
    @EnumSource
    void jobCancelledWithItsAgentFrozen_endsItsDomainAllTheSame(LaunchPath path) {
        Guest guest = launched(path);
        String job = guest.now().jobId();
        Node node = site.node(guest.now().node());
        List<String> agents = node.agentsOf(job);
        assertThat(agents).isNotEmpty();

        node.signal("STOP", agents);
        site.slurm().cancel(job);

        guest.gone(FENCED);
        saysThatItsJobEnded(guest);
    }

    @ParameterizedTest
    @EnumSource(names = {"SCHEDULED", "DIRECT"})
    void guestSwitchedOff_endsItsJob(LaunchPath path) {
        Guest guest = launched(path);
        String job = guest.now().jobId();

        guest.ssh("poweroff");

        Await.within(
                FENCED,
                "job " + job + " is over",
                () -> site.slurm().queued(job).isPresent(),
                there -> !there);
        assertThat(guest.over(FENCED).reason()).isEqualTo("GUEST");
        assertThat(guest.now().phase()).isEqualTo("STOPPED");
    }

    @Test
    void guestOnAPoolLeaseSwitchedOff_leavesTheLeaseToOthers() {
        Guest guest = launched(LaunchPath.STATIC);
        String job = guest.now().jobId();

        guest.ssh("poweroff");

        assertThat(guest.over(FENCED).reason()).isEqualTo("GUEST");
        Guest next = site.launch(LaunchPath.STATIC).ready();
        assertThat(next.now().jobId()).isEqualTo(job);
        assertThat(guest.processes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void vmDeleted_isGone_andItsOwnJobWithIt(LaunchPath path) {
        Guest guest = launched(path);
        String job = guest.now().jobId();

        guest.delete();

        Vm over = guest.over(Duration.ofSeconds(20));
        assertThat(over.phase()).isEqualTo("STOPPED");
        assertThat(over.reason()).isEqualTo("USER");
        assertThat(guest.processes()).isEmpty();
        Await.within(
                FENCED,
                "job " + job + " is there only for a pool",
                () -> site.slurm().queued(job).isPresent(),
                there -> there == (path == LaunchPath.STATIC));
    }

    @Test
    void walltimeUsedUp_endsTheVm_withThatReason() {
        Guest guest = site.request("scheduled", Map.of("walltime", "PT1M")).ready();

        Vm over = guest.over(Duration.ofSeconds(120));

        assertThat(over.phase()).isEqualTo("STOPPED");
        assertThat(over.reason()).isEqualTo("WALLTIME");
        assertThat(guest.processes()).isEmpty();
    }

    @Test
    void nodePoweredOff_endsTheVm_andNothingStartsAgain() {
        Guest guest = launched(LaunchPath.SCHEDULED);
        String node = guest.now().node();
        try {
            site.box().verb(List.of("power", "off", node)).ok();

            // Slurm takes a while to believe that a node is gone.
            Vm over = guest.over(Duration.ofSeconds(120));

            assertThat(over.phase()).isEqualTo("STOPPED");
            assertThat(over.reason()).isEqualTo("LEASE_LOST");
            assertThat(over.attempt()).isEqualTo(1);
        } finally {
            site.box().verb(List.of("power", "on", node)).ok();
        }
        assertThat(guest.processes()).isEmpty();
    }

    private Guest launched(LaunchPath path) {
        if (path == LaunchPath.STATIC) {
            site.pool(1);
        }
        return site.launch(path).ready();
    }

    private static void saysThatItsJobEnded(Guest guest) {
        Vm over = guest.over(FENCED);
        assertThat(over.phase()).isEqualTo("STOPPED");
        assertThat(over.reason()).isEqualTo("LEASE_LOST");
        assertThat(over.message()).contains("job").contains(over.jobId());
    }
}
