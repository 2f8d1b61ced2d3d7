package io.anemone.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What cannot be is said in plain words; what cannot be now is tried again. */
@BoxTest
class RefusalsBoxTest {

    private static final String SPEC = "/opt/anemone/examples/vm.yaml";
    private static final int REFUSED = 21;

    private final Site site = Site.up();

    @Test
    void slurmrestdDown_isVisible_andTheVmGoesThroughWhenItIsBack() {
        site.box().asRoot("head", "pkill", "-KILL", "-x", "slurmrestd").ok();
        try {
            Guest guest = site.launch(LaunchPath.SCHEDULED);

            // Until the first try has failed it only says that it waits.
            Vm waiting = Await.within(
                    Duration.ofSeconds(30),
                    "the VM says that the scheduler does not answer",
                    guest::now,
                    vm -> vm.message().contains("The scheduler does not answer"));
            assertThat(waiting.phase()).isEqualTo("QUEUED");

            site.box().up();
            guest.ready();
            assertThat(site.slurm().queue())
                    .filteredOn(job -> job.user().equals(Site.RESEARCHER))
                    .hasSize(1);
        } finally {
            site.box().up();
        }
    }

    @Test
    void slurmRefusesTheJob_failsTheVmWithItsWords() {
        site.slurm().partition("short", "DRAIN");
        try {
            Vm over = site.request("scheduled", Map.of("partition", "short", "walltime", "PT10M"))
                    .over(Duration.ofSeconds(20));

            assertThat(over.phase()).isEqualTo("FAILED");
            assertThat(over.reason()).isEqualTo("SUBMIT_REJECTED");
            assertThat(over.message()).contains("Slurm refused the job");
            assertThat(over.attempt()).isEqualTo(1);
            assertThat(site.slurm().queue()).noneMatch(job -> job.user().equals(Site.RESEARCHER));
        } finally {
            site.slurm().partition("short", "UP");
        }
    }

    @Test
    void imageMissingOnEveryNode_comesFromTheOrchestrator() {
        hideImages();
        try {
            Guest guest = site.launch(LaunchPath.SCHEDULED);

            guest.ready();

            assertThat(guest.events().findValuesAsText("note"))
                    .anyMatch(note -> note.startsWith("The image was copied to the node: "));
        } finally {
            showImages();
        }
    }

    /** Somebody made what only the user may make: it is not used, and other nodes are tried. */
    @Test
    void cacheThatIsSomebodyElses_isTriedElsewhere_thenFailsVisibly() {
        hideImages();
        Node.NAMES.forEach(node -> site.box()
                .asRoot(node, "mkdir", "/var/lib/anemone/cache-researcher")
                .ok());
        try {
            Guest guest = site.launch(LaunchPath.SCHEDULED);

            Vm over = guest.over(Duration.ofSeconds(90));

            assertThat(over.phase()).isEqualTo("FAILED");
            assertThat(over.reason()).isEqualTo("HYPERVISOR_FAILED");
            assertThat(over.message()).contains("cache-researcher belongs to somebody else");
            assertThat(over.attempt()).isEqualTo(3);
            assertThat(guest.events().findValuesAsText("note"))
                    .anyMatch(note -> note.contains("attempt 1 failed"))
                    .anyMatch(note -> note.contains("attempt 2 failed"));
        } finally {
            Node.NAMES.forEach(node -> site.box().asRoot(node, "rm", "-rf", "/var/lib/anemone/cache-researcher"));
            showImages();
        }
    }

    private void hideImages() {
        Node.NAMES.forEach(node -> site.box()
                .asRoot(node, "mount", "-t", "tmpfs", "none", "/opt/anemone/images")
                .ok());
    }

    private void showImages() {
        Node.NAMES.forEach(
                node -> site.box().asRoot(node, "umount", "/opt/anemone/images").ok());
    }

    @Test
    void noRoomNow_waitsInTheSchedulersQueue() {
        site.pool(0);
        String blocker = site.slurm().submit(Site.BATCH, "--exclusive", "--nodes=3", "--time=5", "--wrap", "sleep 300");
        Await.within(
                Duration.ofSeconds(20),
                "the blocker runs",
                () -> site.slurm().queued(blocker).map(Slurm.Job::state).orElse(""),
                "RUNNING"::equals);

        Guest guest = site.launch(LaunchPath.SCHEDULED);

        Vm queued = Await.within(
                Duration.ofSeconds(20),
                "its job waits",
                guest::now,
                vm -> !vm.jobId().isEmpty());
        assertThat(queued.phase()).isEqualTo("QUEUED");
        guest.delete();
        assertThat(guest.over(Duration.ofSeconds(10)).reason()).isEqualTo("USER");
        Await.within(
                Duration.ofSeconds(10),
                "the job of the deleted VM is gone",
                () -> site.slurm().queued(queued.jobId()).isPresent(),
                there -> !there);
    }

    // --- Direct jobs that are not what they say

    @Test
    void credentialOfSomebodyElse_isRefused_andMakesNothing() {
        Slurm.Job victim = running(Site.BATCH);

        Ran agent = agent(Site.RESEARCHER, victim.node(), victim.id());

        refused(agent, "CREDENTIAL_MISMATCH", "belongs");
    }

    @Test
    void jobThatDoesNotRun_isRefused_andMakesNothing() {
        String held = site.slurm().submit(Site.RESEARCHER, "--hold", "--wrap", "sleep 60");

        refused(agent(Site.RESEARCHER, "n1", held), "JOB_NOT_RUNNING", "running");
    }

    @Test
    void jobThatIsNotThere_isRefused_andMakesNothing() {
        refused(agent(Site.RESEARCHER, "n1", "999998"), "JOB_NOT_FOUND", "no such job");
    }

    @Test
    void jobOfAnotherNode_isRefused_andMakesNothing() {
        Slurm.Job job = running(Site.RESEARCHER);
        String elsewhere = Node.NAMES.stream()
                .filter(node -> !node.equals(job.node()))
                .findFirst()
                .orElseThrow();

        refused(agent(Site.RESEARCHER, elsewhere, job.id()), "JOB_NOT_ON_NODE", "node");
    }

    @Test
    void directPathByTheApi_isRefused_andSaysHow() {
        Answer answer = site.api(Site.RESEARCHER)
                .post("/vms", Map.of("name", "direct", "image", "micro", "flavor", "micro", "path", "direct"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("PATH_NOT_REQUESTABLE");
        assertThat(answer.body().path("detail").asText()).contains("sbatch");
    }

    @Test
    void walltimeOverThePartitionsLimit_isRefusedAtOnce() {
        Answer answer = site.api(Site.RESEARCHER)
                .post(
                        "/vms",
                        Map.of(
                                "name",
                                "long",
                                "image",
                                "micro",
                                "flavor",
                                "micro",
                                "path",
                                "scheduled",
                                "partition",
                                "short",
                                "walltime",
                                "PT2H"));

        assertThat(answer.code()).isEqualTo("WALLTIME_TOO_LONG");
    }

    private Slurm.Job running(String user) {
        String id = site.slurm().submit(user, "--mem=64M", "--wrap", "sleep 300");
        return Await.within(
                        Duration.ofSeconds(20),
                        "job " + id + " runs",
                        () -> site.slurm().queued(id),
                        job -> job.map(Slurm.Job::state).orElse("").equals("RUNNING"))
                .orElseThrow();
    }

    /** The agent as that user could start it by hand, saying that it is this job's. */
    private Ran agent(String user, String node, String jobId) {
        return site.box()
                .as(
                        user,
                        node,
                        "env",
                        "SLURM_JOB_ID=" + jobId,
                        "SLURMD_NODENAME=" + node,
                        "/opt/anemone/bin/anemone-agent",
                        "run",
                        SPEC);
    }

    private void refused(Ran agent, String code, String word) {
        String said = agent.out() + agent.err();
        assertThat(agent.exit()).as(said).isEqualTo(REFUSED);
        assertThat(said)
                .satisfiesAnyOf(
                        text -> assertThat(text).contains(code),
                        text -> assertThat(text).containsIgnoringCase(word));
        for (String user : List.of(Site.RESEARCHER, Site.BATCH)) {
            assertThat(Vm.listOf(site.api(user).get("/vms?active=true").ok())).isEmpty();
        }
    }
}
