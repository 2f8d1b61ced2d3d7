package io.anemone.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@BoxTest
class ThreeLaunchPathsBoxTest {

    private final Site site = Site.up();

    @ParameterizedTest
    @CsvSource({"STATIC, anemone", "SCHEDULED, researcher", "DIRECT, batch"})
    void vmOfEachPath_becomesReady_inAJobOfTheRightUser(LaunchPath path, String jobOwner) {
        if (path == LaunchPath.STATIC) {
            site.pool(1);
        }

        Guest guest = site.launch(path).ready();

        Vm vm = guest.now();
        assertThat(guest.ssh("uname -n").ok()).isEqualTo(vm.name());
        assertThat(site.slurm().queued(vm.jobId()))
                .hasValueSatisfying(job -> assertThat(job)
                        .extracting(Slurm.Job::user, Slurm.Job::state, Slurm.Job::node)
                        .containsExactly(jobOwner, "RUNNING", vm.node()));
        assertThat(guest.processes()).hasSize(1).allMatch(process -> process.startsWith(vm.node() + ":"));
        assertThat(site.node(vm.node()).agentUses(vm.jobId(), "/lib/agent/agent.aot"))
                .as("the agent began with what its rehearsal recorded")
                .isTrue();
        inOrder(vm, "createdAt", "startedAt", "readyAt");
        if (path == LaunchPath.SCHEDULED) {
            inOrder(vm, "createdAt", "queuedAt", "jobStartedAt", "startedAt");
        }
    }

    @Test
    void allThreeAtOnce_liveSideBySide() {
        site.pool(1);
        Guest pooled = site.launch(LaunchPath.STATIC);
        Guest scheduled = site.launch(LaunchPath.SCHEDULED);
        Guest direct = site.launch(LaunchPath.DIRECT);

        pooled.ready();
        scheduled.ready();
        direct.ready();

        assertThat(site.slurm().queue())
                .extracting(Slurm.Job::user)
                .containsExactlyInAnyOrder("anemone", "researcher", "batch");
        assertThat(pooled.processes()).hasSize(1);
        assertThat(scheduled.processes()).hasSize(1);
        assertThat(direct.processes()).hasSize(1);
    }

    @Test
    void outputOfADirectJob_tellsItsUserWhatHappens() {
        String job = site.submitDirect();
        Guest guest = site.direct(job).ready();
        String file = "/home/batch/direct-vm-" + job + ".out";

        Await.within(
                Duration.ofSeconds(10),
                "the job's output says READY and how to log in",
                () -> site.box().as(Site.BATCH, "n1", "cat", file).ok(),
                out -> out.contains("READY")
                        && out.contains("ssh -p " + guest.now().sshPort())
                        && out.contains(guest.id()));

        guest.ssh("poweroff");
        Await.within(
                Duration.ofSeconds(20),
                "the direct job came to a good end",
                () -> site.slurm().field(job, "JobState") + " " + site.slurm().field(job, "ExitCode"),
                "COMPLETED 0:0"::equals);
    }

    /** Times that the record tells, each there and none before the last; the scheduler tells whole seconds. */
    private static void inOrder(Vm vm, String... fields) {
        Instant last = Instant.MIN;
        for (String field : fields) {
            String told = vm.json().path(field).asText("");
            assertThat(told).as("%s of %s", field, vm).isNotEmpty();
            assertThat(Instant.parse(told)).as("%s of %s", field, vm).isAfterOrEqualTo(last);
            last = Instant.parse(told).minusSeconds(1);
        }
    }
}
