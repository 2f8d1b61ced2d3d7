package io.anemone.orchestrator.scheduler.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.testkit.scheduler.AbstractSchedulerContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalSchedulerTest extends AbstractSchedulerContract {

    private final OffsetClock clock = new OffsetClock(Clock.systemUTC());

    @TempDir
    Path dir = Path.of("");

    private @Nullable LocalScheduler local;

    @BeforeEach
    void start() {
        local = LocalScheduler.start(new TestLocalConfig(dir.resolve("jobs")), clock);
    }

    @Override
    protected void tearDown() {
        local().close();
    }

    private void restart(Runnable meanwhile) {
        local().close();
        meanwhile.run();
        start();
    }

    private LocalScheduler local() {
        return Objects.requireNonNull(local);
    }

    @Override
    protected Scheduler scheduler() {
        return local();
    }

    @Override
    protected String owner() {
        return "researcher";
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Test
    void walltimeOver_jobTimesOut() {
        // Given
        String id = submit(request("#!/bin/sh\nsleep 600\n", Map.of()));
        awaitJob(id, job -> job.state() == JobState.RUNNING);

        // When
        clock.skip(Duration.ofMinutes(11));

        // Then
        assertThat(awaitJob(id, job -> job.state().over()).state()).isEqualTo(JobState.TIMEOUT);
    }

    @Test
    void job_isToldItsIdAndWhatItsNodeIsCalled() {
        // When: an agent that calls its node by another name than the scheduler does is not let in
        String id = submit(request(
                "#!/bin/sh\n[ \"$SLURM_JOB_ID\" = 1 ] && [ -n \"$SLURMD_NODENAME\" ]"
                        + " && echo \"$SLURMD_NODENAME\" > \"$OUT\"\n",
                Map.of("OUT", dir.resolve("told").toString())));

        // Then
        JobView job = awaitJob(id, view -> view.state().over());
        assertThat(dir.resolve("told")).content().isEqualTo(job.node() + "\n");
    }

    @Test
    void scriptThatIgnoresTerm_isKilledAfterTheKillWait() {
        // Given
        Path started = dir.resolve("started");
        String id = submit(request(
                "#!/bin/sh\ntrap '' TERM\ntouch \"$STARTED\"\nwhile :; do sleep 1; done\n",
                Map.of("STARTED", started.toString())));
        await().until(() -> Files.exists(started));

        // When
        local().cancel(id, owner());

        // Then
        assertThat(known(id).state()).isEqualTo(JobState.COMPLETING);
        JobView job = awaitJob(id, view -> view.state().over());
        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
        assertThat(processesNaming(started)).isEmpty();
    }

    @Test
    void daemonThatLeftTheSession_endsWithTheJob() {
        // Given
        Path pidFile = dir.resolve("daemon.pid");
        String id = submit(request(
                "#!/bin/sh\nsetsid sh -c 'echo $$ > \"$PIDFILE.next\"; mv \"$PIDFILE.next\" \"$PIDFILE\"; exec sleep 600' &\n"
                        + "while [ ! -e \"$PIDFILE\" ]; do sleep 0.05; done\nexit 4\n",
                Map.of("PIDFILE", pidFile.toString())));

        // When
        JobView job = awaitJob(id, view -> view.state().over());

        // Then
        assertThat(processesNaming(pidFile)).isEmpty();
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.exitCode()).isEqualTo(4);
    }

    @Test
    void cancelledJob_isAskedAloneAndItsDaemonsAreKilledAfterIt() {
        // Given
        Path asked = dir.resolve("asked");
        Path ready = dir.resolve("ready");
        String id = submit(request("""
                #!/bin/sh
                setsid sh -c 'trap "echo daemon >> $ASKED; exit" TERM; touch "$READY"; while :; do sleep 0.1; done' &
                trap 'sleep 0.2; echo job >> "$ASKED"; exit 6' TERM
                while :; do sleep 0.1; done
                """, Map.of("ASKED", asked.toString(), "READY", ready.toString())));
        await().until(() -> Files.exists(ready));

        // When
        local().cancel(id, owner());

        // Then
        assertThat(awaitJob(id, view -> view.state().over()).exitCode()).isEqualTo(6);
        assertThat(asked).hasContent("job");
    }

    @Test
    void childOfAScriptThatWillNotEnd_isKilledThoughItDroppedSessionAndMark() throws Exception {
        // Given
        Path pidFile = dir.resolve("child.pid");
        String id = submit(request("""
                #!/bin/sh
                trap '' TERM
                env -i setsid sh -c 'echo $$ > "$1.next"; mv "$1.next" "$1"; exec sleep 600' x "$PIDFILE" &
                while :; do sleep 0.1; done
                """, Map.of("PIDFILE", pidFile.toString())));
        await().until(() -> Files.exists(pidFile));
        long child = Long.parseLong(Files.readString(pidFile).strip());

        // When
        local().cancel(id, owner());

        // Then
        assertThat(awaitJob(id, view -> view.state().over()).state()).isEqualTo(JobState.CANCELLED);
        await().until(() ->
                ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void restartedOrchestrator_findsItsJobsAndTheirFate() {
        // Given
        Path go = dir.resolve("go");
        JobRequest request = request(
                "#!/bin/sh\nwhile [ ! -e \"$GO\" ]; do sleep 0.05; done\nexit 9\n", Map.of("GO", go.toString()));
        String running = submit(request);
        awaitJob(running, job -> job.state() == JobState.RUNNING);

        // When
        restart(() -> {});

        // Then
        assertThat(local().findByName(owner(), request.name()))
                .singleElement()
                .satisfies(job -> assertThat(job.state()).isEqualTo(JobState.RUNNING));

        // When
        restart(() -> assertThat(go.toFile().mkdir()).isTrue());

        // Then
        JobView job = awaitJob(running, view -> view.state().over());
        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.exitCode()).isEqualTo(9);
        assertThat(submit(request("#!/bin/sh\n", Map.of()))).isNotEqualTo(running);
    }

    @Test
    void fullMachine_startsJobsInTheirOrder() {
        // Given
        String first = submit(exclusive(request("#!/bin/sh\nsleep 600\n", Map.of())));
        String second = submit(exclusive(request("#!/bin/sh\nsleep 600\n", Map.of())));
        String third = submit(request("#!/bin/sh\nsleep 600\n", Map.of()));
        awaitJob(first, job -> job.state() == JobState.RUNNING);
        assertThat(known(second).state()).isEqualTo(JobState.PENDING);
        assertThat(known(second).reason()).isEqualTo("Resources");

        // When
        local().cancel(first, owner());

        // Then
        awaitJob(second, job -> job.state() == JobState.RUNNING);
        assertThat(known(third).state()).isEqualTo(JobState.PENDING);
    }

    @Test
    void waitingJobCancelled_neverRunsAndKeepsNoSecret() throws Exception {
        // Given
        submit(exclusive(request("#!/bin/sh\nsleep 600\n", Map.of())));
        String waiting = submit(exclusive(request("#!/bin/sh\nsleep 600\n", Map.of("SECRET", "hunter2"))));

        // When
        local().cancel(waiting, owner());

        // Then
        assertThat(known(waiting)).satisfies(job -> {
            assertThat(job.state()).isEqualTo(JobState.CANCELLED);
            assertThat(job.node()).isNull();
            assertThat(job.startedAt()).isNull();
            assertThat(job.exitCode()).isNull();
        });
        assertThat(filesHolding("hunter2")).isEmpty();
    }

    @Test
    void runningJob_leavesItsSecretInNoFileAndItsDirectoryToNobodyElse() throws Exception {
        // Given
        String id = submit(request("#!/bin/sh\nsleep 600\n", Map.of("SECRET", "hunter2")));

        // When
        awaitJob(id, job -> job.state() == JobState.RUNNING);

        // Then
        assertThat(filesHolding("hunter2")).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("jobs/" + id))))
                .isEqualTo("rwx------");
    }

    @Test
    void jobOfAnotherOwner_isNotCancelled() {
        // Given
        String id = submit(request("#!/bin/sh\nsleep 600\n", Map.of()));

        // Then
        assertThatThrownBy(() -> local().cancel(id, "somebody-else")).isInstanceOf(SchedulerUnavailableException.class);
        assertThat(awaitJob(id, job -> job.state() == JobState.RUNNING).state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void jobThatIsLongOver_isForgotten() {
        // Given
        String id = submit(request("#!/bin/sh\n", Map.of()));
        awaitJob(id, job -> job.state().over());

        // When
        clock.skip(Duration.ofMinutes(4));
        local().tick();

        // Then
        assertThat(known(id).state()).isEqualTo(JobState.COMPLETED);

        // When
        clock.skip(Duration.ofMinutes(2));
        local().tick();

        // Then
        assertThat(local().job(id, owner())).isEqualTo(new JobAnswer.NoSuchJob());
        assertThat(dir.resolve("jobs").resolve(id)).doesNotExist();
    }

    private static JobRequest exclusive(JobRequest request) {
        return new JobRequest(
                request.name(),
                request.owner(),
                null,
                null,
                0,
                0,
                request.walltime(),
                true,
                request.script(),
                request.environment());
    }

    private Stream<Path> filesHolding(String text) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            return Files.readString(file).contains(text);
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .toList()
                    .stream();
        }
    }

    /** Living processes with this path in their environment; a zombie has none. */
    private static Stream<ProcessHandle> processesNaming(Path path) {
        return ProcessHandle.allProcesses().filter(process -> {
            try {
                return Files.readString(
                                Path.of("/proc", Long.toString(process.pid()), "environ"), StandardCharsets.ISO_8859_1)
                        .contains("=" + path + "\0");
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** Runs with the real time, and skips ahead when told. */
    private static final class OffsetClock extends Clock {

        private volatile Clock base;

        OffsetClock(Clock base) {
            this.base = base;
        }

        void skip(Duration by) {
            base = Clock.offset(base, by);
        }

        @Override
        public Instant instant() {
            return base.instant();
        }

        @Override
        public ZoneId getZone() {
            return base.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return base.withZone(zone);
        }
    }
}
