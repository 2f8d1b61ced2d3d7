package io.anemone.orchestrator.scheduler.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.PartitionView;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.testkit.scheduler.AbstractSchedulerContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real Slurm, and what is Slurm's own; see {@link BoxSlurm}. */
@Tag("box")
@EnabledIf("io.anemone.orchestrator.scheduler.slurm.BoxSlurm#isThere")
final class SlurmRestBoxTest extends AbstractSchedulerContract {

    private final Clock clock = Clock.systemUTC();
    private final Scheduler slurm = BoxSlurm.scheduler(clock);

    @TempDir
    Path dir = Path.of("");

    @Override
    protected Scheduler scheduler() {
        return slurm;
    }

    @Override
    protected String owner() {
        return BoxSlurm.owner();
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    protected Duration patience() {
        return Duration.ofSeconds(60);
    }

    @Test
    void runningJob_isGrantedExactlyWhatWasAskedFor() {
        // When
        JobView job =
                awaitJob(submit(request("#!/bin/sh\nsleep 60\n", Map.of())), view -> view.state() == JobState.RUNNING);

        // Then
        assertThat(job.cores()).isEqualTo(1);
        assertThat(job.memoryMiB()).isEqualTo(64);
    }

    @Test
    void scriptThatTakesItsTimeToEnd_isCompletingBeforeItIsOver() {
        // Given: well within KillWait, after which it would be killed, on a busy machine too
        String id = submit(request(
                "#!/bin/sh\ntrap 'sleep 1.5; exit 7' TERM\nscontrol update JobId=$SLURM_JOB_ID Name=trapped\nsleep 600 & wait\n",
                Map.of()));
        // A job is RUNNING before its script's first line is.
        awaitJob(id, view -> view.name().equals("trapped"));

        // When
        slurm.cancel(id, owner());

        // Then
        awaitJob(id, view -> view.state() == JobState.COMPLETING);
        JobView job = awaitJob(id, view -> view.state().over());
        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
        assertThat(job.exitCode()).isEqualTo(7);
    }

    @Test
    void scriptKilledBySignal_tellsItAsAShellDoes() {
        // When
        String id = submit(request("#!/bin/sh\nkill -9 $$\n", Map.of()));

        // Then
        assertThat(awaitJob(id, view -> view.state().over()).exitCode()).isEqualTo(128 + 9);
    }

    @Test
    void environment_hasTheOwnersHome() {
        // When
        String id =
                submit(request("#!/bin/sh\n[ \"$HOME\" = \"$(pwd)\" ] && [ \"$USER\" = \"$(id -un)\" ]\n", Map.of()));

        // Then
        assertThat(awaitJob(id, view -> view.state().over()).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void timeLimitOverThePartitions_isAcceptedByThisSlurmAndSaysWhyItWaits() {
        // Given
        PartitionView limited = slurm.cluster().partitions().stream()
                .filter(partition -> partition.maxWalltime() != null)
                .findFirst()
                .orElseThrow();
        JobRequest request = new JobRequest(
                "contract-" + UUID.randomUUID(),
                owner(),
                null,
                limited.name(),
                1,
                64,
                Objects.requireNonNull(limited.maxWalltime()).plusHours(1),
                false,
                "#!/bin/sh\n",
                Map.of("PATH", "/bin"));

        // When
        String id = submit(request);

        // Then
        assertThat(awaitJob(id, view -> !view.reason().isEmpty())).satisfies(job -> {
            assertThat(job.state()).isEqualTo(JobState.PENDING);
            // PartitionTimeLimit or, as long as it has not been looked at closely, PartitionConfig.
            assertThat(job.reason()).startsWith("Partition");
            assertThat(job.node()).isNull();
            assertThat(job.startedAt()).isNull();
            assertThat(job.endsAt()).isNull();
        });
    }

    @Test
    void wrongKey_isUnavailableAndNamesTheSetting() throws Exception {
        // Given
        Path wrong = Files.writeString(dir.resolve("wrong.key"), "0123456789abcdef0123456789abcdef");
        Scheduler stranger = SlurmSchedulers.rest(BoxSlurm.config().withKey(wrong), clock);
        JobRequest request = request("#!/bin/sh\n", Map.of());

        // Then
        assertThatThrownBy(stranger::jobs)
                .isInstanceOf(SchedulerUnavailableException.class)
                .hasMessageContaining("anemone.slurm.jwt-key-file");
        assertThatThrownBy(() -> stranger.submit(request))
                .isInstanceOf(SchedulerUnavailableException.class)
                .hasMessageContaining("anemone.slurm.jwt-key-file");
        assertThatThrownBy(() -> stranger.job("1", owner())).isInstanceOf(SchedulerUnavailableException.class);
        assertThat(slurm.findByName(owner(), request.name())).isEmpty();
    }
}
