package io.anemone.orchestrator.scheduler.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.orchestrator.scheduler.slurm.SlurmAnswers.Job;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON is what slurmrestd 22.05.8 was seen to tell, without the fields that nobody looks at. */
final class SlurmJobsTest {

    @Test
    void runningJob() throws Exception {
        JobView job = view("""
                {"job_id": 3000001, "name": "anemone-x", "user_name": "researcher", "job_state": "RUNNING",
                 "state_reason": "None", "nodes": "n1", "batch_host": "n1", "node_count": 1, "cpus": 1,
                 "job_resources": {"nodes": "n1", "allocated_nodes": [
                   {"nodename": "n1", "memory_used": 0, "memory_allocated": 300}]},
                 "tres_req_str": "cpu=1,mem=300M,node=1,billing=1", "tres_alloc_str": "cpu=1,mem=300M,node=1,billing=1",
                 "submit_time": 1795375917, "start_time": 1795375918, "end_time": 1795376518, "exit_code": 0}""");

        assertThat(job)
                .isEqualTo(new JobView(
                        "3000001",
                        "anemone-x",
                        "researcher",
                        JobState.RUNNING,
                        "",
                        "n1",
                        1,
                        300,
                        Instant.ofEpochSecond(1795375917),
                        Instant.ofEpochSecond(1795375918),
                        Instant.ofEpochSecond(1795376518),
                        null));
    }

    @Test
    void pendingJobWithAForecast_hasNotBegun() throws Exception {
        JobView job = view("""
                {"job_id": 3000006, "name": "x", "user_name": null, "user_id": 99, "job_state": "PENDING",
                 "state_reason": "BeginTime", "nodes": "", "batch_host": "", "cpus": 1, "tres_alloc_str": "",
                 "tres_req_str": "cpu=1,mem=1.50G,node=1", "submit_time": 1795375919, "start_time": 1795376039,
                 "end_time": 1795376639, "exit_code": 0}""");

        assertThat(job.startedAt()).isNull();
        assertThat(job.endsAt()).isNull();
        assertThat(job.node()).isNull();
        assertThat(job.exitCode()).isNull();
        assertThat(job.reason()).isEqualTo("BeginTime");
        assertThat(job.memoryMiB()).isEqualTo(1536);
        assertThat(job.owner()).isEqualTo("uid:99");
    }

    @Test
    void jobCancelledWhileItWaited_endedWithoutHavingBegun() throws Exception {
        JobView job = view("""
                {"job_id": 3000002, "name": "x", "user_name": "researcher", "job_state": "CANCELLED",
                 "state_reason": "PartitionTimeLimit", "nodes": "", "batch_host": "", "cpus": 1,
                 "submit_time": 1795375917, "start_time": 1795375977, "end_time": 1795375977, "exit_code": 0}""");

        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
        assertThat(job.startedAt()).isNull();
        assertThat(job.endsAt()).isEqualTo(Instant.ofEpochSecond(1795375977));
        assertThat(job.exitCode()).isNull();
    }

    @Test
    void jobOfSeveralNodes_countsWhereItsScriptRuns() throws Exception {
        JobView job = view("""
                {"job_id": 5, "name": "x", "user_name": "researcher", "job_state": "RUNNING", "nodes": "n[1-2]",
                 "batch_host": "n1", "node_count": 2, "cpus": 4, "tres_alloc_str": "cpu=4,mem=1000M,node=2",
                 "job_resources": {"allocated_nodes": [
                   {"nodename": "n1", "memory_allocated": 400, "sockets": {
                      "0": {"cores": {"0": "allocated"}}, "1": {"cores": {"0": "unassigned"}}}},
                   {"nodename": "n2", "memory_allocated": 600, "sockets": {"0": {"cores": {"0": "allocated"}}}}]},
                 "submit_time": 1, "start_time": 2, "end_time": 3}""");

        assertThat(job.node()).isEqualTo("n1");
        assertThat(job.memoryMiB()).isEqualTo(400);
        assertThat(job.cores()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "768, 3", "5888, 23", "9, 137", "15, 143", "139, 139"})
    void exitCode_isAWaitStatus(long waitStatus, int expected) throws Exception {
        JobView job = view("{\"job_id\": 1, \"name\": \"x\", \"user_name\": \"u\", \"job_state\": \"FAILED\","
                + " \"batch_host\": \"n1\", \"submit_time\": 1, \"exit_code\": " + waitStatus + "}");

        assertThat(job.exitCode()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, PENDING",
        "CONFIGURING, PENDING",
        "REQUEUED, PENDING",
        "RUNNING, RUNNING",
        "SUSPENDED, SUSPENDED",
        "COMPLETING, COMPLETING",
        "STAGE_OUT, COMPLETING",
        "COMPLETED, COMPLETED",
        "CANCELLED, CANCELLED",
        "FAILED, FAILED",
        "OUT_OF_MEMORY, FAILED",
        "TIMEOUT, TIMEOUT",
        "DEADLINE, TIMEOUT",
        "PREEMPTED, PREEMPTED",
        "NODE_FAIL, NODE_FAIL",
        "BOOT_FAIL, NODE_FAIL"
    })
    void stateWords(String word, JobState state) {
        assertThat(SlurmJobStates.of(word)).contains(state);
    }

    @Test
    void unknownWord_isNoState() {
        assertThat(SlurmJobStates.of("TELEPORTING")).isEmpty();
        assertThat(SlurmJobStates.of(null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "'cpu=1,mem=300M,node=1', 300",
                "'cpu=1,mem=4G', 4096",
                "'mem=2T,cpu=1', 2097152",
                "'cpu=1,mem=2048K', 2",
                "'cpu=1,mem=12', 12",
                "'cpu=1,gres/mem=7G', 0",
                "'cpu=1', 0",
                "'', 0",
                "null, 0"
            })
    void memoryOfTres(@Nullable String tres, long mebibytes) {
        assertThat(SlurmTres.memoryMiB(tres)).isEqualTo(mebibytes);
    }

    private static JobView view(String json) throws Exception {
        return SlurmJobs.view(new ObjectMapper().readValue(json, Job.class)).orElseThrow();
    }
}
