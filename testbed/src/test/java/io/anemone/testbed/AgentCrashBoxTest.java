package io.anemone.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The agent is its job's script: when it is killed the job ends, and the fence takes the guest. */
@BoxTest
class AgentCrashBoxTest {

    private final Site site = Site.up();

    @ParameterizedTest
    @EnumSource
    void agentKilled_endsItsVmCleanly_andTheRecordSaysSo(LaunchPath path) {
        if (path == LaunchPath.STATIC) {
            site.pool(1);
        }
        Guest guest = site.launch(path).ready();
        String job = guest.now().jobId();
        Node node = site.node(guest.now().node());

        node.signal("KILL", node.agentsOf(job));

        guest.gone(Duration.ofSeconds(10));
        Vm over = guest.over(Duration.ofSeconds(20));
        assertThat(over.phase()).isEqualTo("STOPPED");
        assertThat(over.reason()).isEqualTo("LEASE_LOST");
        assertThat(over.message()).contains(job);
        assertThat(over.attempt()).isEqualTo(1);
        assertThat(site.slurm().queued(job)).isEmpty();
    }

    @Test
    void agentOfAPoolKilled_isReplacedByAnotherLease() {
        site.pool(1);
        String job = site.launch(LaunchPath.STATIC).ready().now().jobId();
        Slurm.Job lost = site.slurm().queued(job).orElseThrow();
        Node node = site.node(lost.node());

        node.signal("KILL", node.agentsOf(job));

        Guest next = site.launch(LaunchPath.STATIC).ready();
        assertThat(next.now().jobId()).isNotEqualTo(job);
        assertThat(site.slurm().queue()).extracting(Slurm.Job::user).isEqualTo(List.of("anemone"));
    }

    @Test
    void qemuKilled_failsTheVm_andEndsItsJob() {
        Guest guest = site.launch(LaunchPath.SCHEDULED).ready();
        Node node = site.node(guest.now().node());

        node.signal("KILL", node.guestsOf(guest.id()));

        Vm over = guest.over(Duration.ofSeconds(10));
        assertThat(over.phase()).isEqualTo("FAILED");
        assertThat(over.reason()).isEqualTo("GUEST_CRASHED");
        Await.within(
                Duration.ofSeconds(10),
                "its job is over",
                () -> site.slurm().queued(over.jobId()).isPresent(),
                there -> !there);
    }
}
