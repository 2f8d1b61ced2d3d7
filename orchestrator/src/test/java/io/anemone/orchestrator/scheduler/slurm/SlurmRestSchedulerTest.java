package io.anemone.orchestrator.scheduler.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.scheduler.Cluster;
import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobListing;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.NodeView;
import io.anemone.core.scheduler.PartitionView;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.core.scheduler.SubmitAnswer;
import io.anemone.testkit.time.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers are copies of what slurmrestd 22.05.8 was seen to answer. */
final class SlurmRestSchedulerTest {

    private static final String NO_ERRORS = "\"errors\": []";

    private final Slurmrestd slurmrestd = new Slurmrestd();
    private final SettableClock clock = SettableClock.fixed();

    @TempDir
    Path dir = Path.of("");

    private TestSlurmConfig config = new TestSlurmConfig(slurmrestd.url());

    @BeforeEach
    void makeKey() throws Exception {
        Path key = Files.writeString(dir.resolve("jwt.key"), "0123456789abcdef0123456789abcdef");
        config = config.withKey(key).withHomes("/home/{user}").withAnswerTimeout(Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        slurmrestd.close();
    }

    @Test
    void submit_isSentAsTheOwnerWithAllThatItNeeds() throws Exception {
        // Given
        slurmrestd.answers("job/submit", 200, "{" + NO_ERRORS + ", \"job_id\": 42, \"step_id\": \"BATCH\"}");

        // When
        SubmitAnswer answer = scheduler().submit(request());

        // Then
        assertThat(answer).isEqualTo(new SubmitAnswer.Accepted("42"));
        assertThat(slurmrestd.questions()).singleElement().satisfies(question -> {
            assertThat(question.method()).isEqualTo("POST");
            assertThat(question.user()).isEqualTo("researcher");
        });
        JsonNode body =
                new ObjectMapper().readTree(slurmrestd.questions().getFirst().body());
        assertThat(body.get("script").asText()).isEqualTo("#!/bin/sh\n");
        JsonNode job = body.get("job");
        assertThat(job.get("name").asText()).isEqualTo("anemone-1");
        assertThat(job.get("partition").asText()).isEqualTo("compute");
        assertThat(job.has("account")).isFalse();
        assertThat(job.has("exclusive")).isFalse();
        assertThat(job.get("cpus_per_task").asInt()).isEqualTo(2);
        assertThat(job.get("memory_per_node").asInt()).isEqualTo(768);
        assertThat(job.get("time_limit").asInt()).isEqualTo(91);
        assertThat(job.get("no_requeue").asBoolean()).isTrue();
        assertThat(job.get("current_working_directory").asText()).isEqualTo("/home/researcher");
        assertThat(job.get("standard_output").asText()).isEqualTo("/dev/null");
        assertThat(job.get("environment").get("HOME").asText()).isEqualTo("/home/researcher");
        assertThat(job.get("environment").get("TOKEN").asText()).isEqualTo("secret");
    }

    @Test
    void wholeNode_isAskedForInSlurmsWords() throws Exception {
        // Given
        slurmrestd.answers("job/submit", 200, "{\"job_id\": 42}");

        // When
        scheduler()
                .submit(new JobRequest(
                        "anemone-1", "anemone", "p1", null, 0, 0, Duration.ofDays(1), true, "#!/bin/sh\n", Map.of()));

        // Then
        JsonNode job = new ObjectMapper()
                .readTree(slurmrestd.questions().getFirst().body())
                .get("job");
        assertThat(job.get("exclusive").asText()).isEqualTo("exclusive");
        assertThat(job.get("memory_per_node").asInt()).isZero();
        assertThat(job.get("cpus_per_task").asInt()).isEqualTo(1);
        assertThat(job.get("account").asText()).isEqualTo("p1");
        assertThat(job.has("partition")).isFalse();
    }

    @Test
    void submitWithErrorsAndAJobId_isAccepted() {
        // Given
        slurmrestd.answers("job/submit", 200, """
                {"errors": [{"error_code": 2015, "error": "Requested partition configuration not available now"}],
                 "job_id": 3000002, "step_id": "BATCH", "job_submit_user_msg": ""}""");

        // Then
        assertThat(scheduler().submit(request())).isEqualTo(new SubmitAnswer.Accepted("3000002"));
    }

    @ParameterizedTest
    @CsvSource({
        "2000, UNKNOWN_PARTITION",
        "2014, SIZE_TOO_LARGE",
        "2045, SUBMIT_REJECTED",
        "2051, WALLTIME_TOO_LONG",
        "9001, SUBMIT_REJECTED"
    })
    void plainRefusal_isRefusedInSlurmsWords(int errno, ErrorCode code) {
        // Given
        slurmrestd.answers(
                "job/submit",
                500,
                "{\"errors\": [{\"error\": \"nope\", \"error_code\": -1}, {\"error_code\": " + errno
                        + ", \"error\": \"Slurm's own words\"}]}");

        // Then
        assertThat(scheduler().submit(request())).isInstanceOfSatisfying(SubmitAnswer.Refused.class, refused -> {
            assertThat(refused.failure().code()).isEqualTo(code);
            assertThat(refused.failure().message())
                    .startsWith("Slurm refused the job: Slurm's own words")
                    .doesNotContain("secret");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{",
                "[]",
                "{}",
                "{\"job_id\": 0, \"errors\": []}",
                "<html>Bad gateway</html>",
                "{\"errors\": [{\"error_code\": 1802, \"error\": \"Unable to contact slurm controller\"}]}",
                "{\"errors\": [{\"error_code\": 2027, \"error\": \"Slurm backup controller in standby mode\"}]}",
                "{\"errors\": [{\"error_code\": 5005, \"error\": \"Zero Bytes were transmitted or received\"}]}"
            })
    void submitWithoutAClearAnswer_isUnavailable(String body) {
        // Given
        slurmrestd.answers("job/submit", 500, body);

        // Then
        assertUnavailable(() -> scheduler().submit(request()));
    }

    @Test
    void slurmrestdKilledMidAnswer_isUnavailableForEveryCall() {
        // Given
        slurmrestd
                .answers("job/submit", 200, "{\"job_id\": 42, \"errors\": []}")
                .answers("jobs", 200, "{\"jobs\": [], \"errors\": []}")
                .answers("job/42", 200, "{\"jobs\": [], \"errors\": []}")
                .answers("nodes", 200, "{\"nodes\": [], \"errors\": []}");
        slurmrestd.breaks();

        // Then
        assertUnavailable(() -> scheduler().submit(request()));
        assertUnavailable(() -> scheduler().jobs());
        assertUnavailable(() -> scheduler().findByName("researcher", "anemone-1"));
        assertUnavailable(() -> scheduler().job("42", "researcher"));
        assertUnavailable(() -> scheduler().cancel("42", "researcher"));
        assertUnavailable(() -> scheduler().cluster());
    }

    @Test
    void slurmrestdThatHangs_isGivenUpInTime() {
        // Given
        config = config.withAnswerTimeout(Duration.ofMillis(300));
        slurmrestd.hangs();

        // Then
        assertThatThrownBy(() -> scheduler().submit(request()))
                .isInstanceOf(SchedulerUnavailableException.class)
                .hasMessageContaining("slurmrestd");
    }

    @Test
    void slurmrestdThatHangsMidway_isGivenUpInTime() {
        // Given
        config = config.withAnswerTimeout(Duration.ofMillis(300));
        slurmrestd.answers("jobs", 200, "{\"jobs\": [], \"errors\": []}");
        slurmrestd.hangsMidway();

        // Then
        assertUnavailable(() -> scheduler().jobs());
    }

    @Test
    void slurmrestdDown_isUnavailableAndNamesTheUrl() {
        // Given
        slurmrestd.close();

        // Then
        assertThatThrownBy(() -> scheduler().jobs())
                .isInstanceOf(SchedulerUnavailableException.class)
                .hasMessageContaining(slurmrestd.url());
    }

    @Test
    void keyFileMissingOrTooShort_isUnavailableAndNamesTheSetting() throws Exception {
        // Given
        Path tooShort = Files.writeString(dir.resolve("short.key"), "short");

        // Then
        for (Path key : new Path[] {dir.resolve("none.key"), tooShort}) {
            Scheduler keyless = SlurmSchedulers.rest(config.withKey(key), clock);
            assertThatThrownBy(keyless::jobs)
                    .isInstanceOf(SchedulerUnavailableException.class)
                    .hasMessageContaining("anemone.slurm.jwt-key-file");
        }
        assertThat(slurmrestd.questions()).isEmpty();
    }

    @Test
    void hungUpController_pointsToTheKey() {
        // Given
        slurmrestd.answers("jobs", 500, """
                {"errors": [{"description": "Failed while looking for jobs", "error_number": -1,
                             "error": "Unspecified error", "source": "slurm_load_jobs"}], "jobs": []}""");

        // Then
        assertThatThrownBy(() -> scheduler().jobs())
                .isInstanceOf(SchedulerUnavailableException.class)
                .hasMessageContaining("anemone.slurm.jwt-key-file");
    }

    @Test
    void slurmrestdWithoutTokens_saysHowToStartIt() {
        // Given
        slurmrestd.answers("jobs", 401, "Authentication failure");

        // Then
        assertThatThrownBy(() -> scheduler().jobs())
                .isInstanceOf(SchedulerUnavailableException.class)
                .hasMessageContaining("rest_auth/jwt");
    }

    @Test
    void wholeListing_isComplete() {
        // Given
        slurmrestd.answers("jobs", 200, "{\"jobs\": [" + job(7, "RUNNING") + "], " + NO_ERRORS + "}");

        // When
        JobListing listing = scheduler().jobs();

        // Then
        assertThat(listing.complete()).isTrue();
        assertThat(listing.takenAt()).isEqualTo(clock.instant());
        assertThat(listing.jobs()).extracting(JobView::id).containsExactly("7");
        assertThat(slurmrestd.questions())
                .singleElement()
                .satisfies(question -> assertThat(question.user()).isEqualTo("anemone"));
    }

    @Test
    void listingWithErrorsOrWithAJobInUnknownWords_isNotComplete() {
        // Given
        String error = "\"errors\": [{\"error_number\": 1, \"error\": \"something\"}]";

        // When
        slurmrestd.answers("jobs", 200, "{\"jobs\": [" + job(7, "RUNNING") + "], " + error + "}");

        // Then
        assertThat(scheduler().jobs().complete()).isFalse();

        // When
        slurmrestd.answers(
                "jobs",
                200,
                "{\"jobs\": [" + job(7, "RUNNING") + "," + job(8, "TELEPORTING") + "], " + NO_ERRORS + "}");

        // Then
        assertThat(scheduler().jobs().complete()).isFalse();
        assertThat(scheduler().jobs().jobs()).extracting(JobView::id).containsExactly("7");
        assertUnavailable(() -> scheduler().findByName("researcher", "anemone-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"errors\": []}", "{\"jobs\": null, \"errors\": []}", "{\"jobs\": [{\"job_id\": 7"})
    void listingWithoutJobs_isUnavailableRatherThanEmpty(String body) {
        // Given
        slurmrestd.answers("jobs", 200, body);

        // Then
        assertUnavailable(() -> scheduler().jobs());
    }

    @Test
    void unknownJob_isToldByItsNumberAlone() {
        // Given
        slurmrestd.answers(
                "job/99", 500, "{\"jobs\": [], \"errors\": [{\"error_number\": 2017, \"error\": \"in any words\"}]}");
        slurmrestd.answers(
                "job/98",
                500,
                "{\"jobs\": [], \"errors\": [{\"error_number\": 1802, \"error\": \"Invalid job id specified\"}]}");
        slurmrestd.answers("job/97", 200, "{\"jobs\": [], \"errors\": []}");

        // Then
        assertThat(scheduler().job("99", "researcher")).isEqualTo(new JobAnswer.NoSuchJob());
        assertUnavailable(() -> scheduler().job("98", "researcher"));
        assertUnavailable(() -> scheduler().job("97", "researcher"));
    }

    @Test
    void questionAndSearch_areAskedAsTheOwnerFromWhomNothingIsHidden() {
        // Given
        slurmrestd
                .answers("job/7", 200, "{\"jobs\": [" + job(7, "RUNNING") + "], " + NO_ERRORS + "}")
                .answers("jobs", 200, "{\"jobs\": [" + job(7, "RUNNING") + "], " + NO_ERRORS + "}");

        // When
        scheduler().job("7", "researcher");
        scheduler().findByName("researcher", "anemone-1");

        // Then
        assertThat(slurmrestd.questions())
                .hasSize(2)
                .allSatisfy(question -> assertThat(question.user()).isEqualTo("researcher"));
    }

    @Test
    void arrayTask_isFoundAmongItsSiblings() {
        // Given
        slurmrestd.answers(
                "job/14",
                200,
                "{\"jobs\": [" + job(15, "RUNNING") + "," + job(14, "PENDING") + "], " + NO_ERRORS + "}");

        // Then
        assertThat(scheduler().job("14", "researcher"))
                .isInstanceOfSatisfying(
                        JobAnswer.Known.class,
                        known -> assertThat(known.job().id()).isEqualTo("14"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1_2", "12345678901", "../jobs", "1?x=y", "1/../2", "٣"})
    void whatIsNoJobId_isNotAsked(String id) {
        assertThat(scheduler().job(id, "researcher")).isEqualTo(new JobAnswer.NoSuchJob());
        scheduler().cancel(id, "researcher");
        assertThat(slurmrestd.questions()).isEmpty();
    }

    @Test
    void cancel_isSentAsTheOwnerAndTakesOverOrUnknownForDone() {
        // Given
        slurmrestd
                .answers("job/1", 200, "{" + NO_ERRORS + "}")
                .answers("job/2", 500, "{\"errors\": [{\"error_number\": 2017}]}")
                .answers("job/3", 500, "{\"errors\": [{\"error_number\": 2021}]}")
                .answers("job/4", 500, "{\"errors\": [{\"error_number\": 2002, \"error\": \"Access denied\"}]}");

        // When
        scheduler().cancel("1", "researcher");
        scheduler().cancel("2", "researcher");
        scheduler().cancel("3", "researcher");

        // Then
        assertThat(slurmrestd.questions())
                .allSatisfy(question -> {
                    assertThat(question.method()).isEqualTo("DELETE");
                    assertThat(question.user()).isEqualTo("researcher");
                })
                .hasSize(3);
        assertUnavailable(() -> scheduler().cancel("4", "researcher"));
    }

    @Test
    void cluster_hasNodesAndPartitions() {
        // Given
        slurmrestd.answers("nodes", 200, """
                        {"errors": [], "nodes": [
                          {"name": "n1", "state": "mixed", "state_flags": [], "cpus": 4, "real_memory": 4096,
                           "alloc_memory": 300, "alloc_cpus": 1, "partitions": ["compute", "short"]},
                          {"name": "n2", "state": "idle", "state_flags": ["DRAIN"], "cpus": 4, "real_memory": 4096},
                          {"name": "n3", "state": "down", "state_flags": ["NOT_RESPONDING"], "cpus": 4}]}""").answers("partitions", 200, """
                        {"errors": [], "partitions": [
                          {"name": "compute", "flags": ["default"], "max_time_limit": 2880},
                          {"name": "endless", "flags": [], "max_time_limit": null}]}""");

        // When
        Cluster cluster = scheduler().cluster();

        // Then
        assertThat(cluster.nodes())
                .extracting(NodeView::name, NodeView::state, NodeView::available)
                .containsExactly(
                        tuple("n1", "mixed", true),
                        tuple("n2", "idle+drain", false),
                        tuple("n3", "down+not_responding", false));
        assertThat(cluster.nodes().getFirst().allocatedMemoryMiB()).isEqualTo(300);
        assertThat(cluster.partitions())
                .containsExactly(
                        new PartitionView("compute", true, Duration.ofDays(2)),
                        new PartitionView("endless", false, null));
    }

    private Scheduler scheduler() {
        return SlurmSchedulers.rest(config, clock);
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(SchedulerUnavailableException.class);
    }

    private static JobRequest request() {
        return new JobRequest(
                "anemone-1",
                "researcher",
                null,
                "compute",
                2,
                768,
                Duration.ofMinutes(90).plusSeconds(1),
                false,
                "#!/bin/sh\n",
                Map.of("TOKEN", "secret"));
    }

    private static String job(int id, String state) {
        return "{\"job_id\": " + id + ", \"name\": \"anemone-1\", \"user_name\": \"researcher\", \"job_state\": \""
                + state
                + "\", \"nodes\": \"n1\", \"batch_host\": \"n1\", \"cpus\": 1, \"submit_time\": 1795375917,"
                + " \"start_time\": 1795375918, \"end_time\": 1795376518, \"exit_code\": 0}";
    }
}
