package io.anemone.orchestrator.scheduler.munge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SubmitAnswer;
import io.anemone.core.wire.DirectClaim;
import io.anemone.orchestrator.scheduler.BoundedProgram;
import io.anemone.orchestrator.scheduler.munge.CredentialAnswer.Reason;
import io.anemone.orchestrator.scheduler.munge.CredentialAnswer.Refused;
import io.anemone.orchestrator.scheduler.munge.CredentialAnswer.Valid;
import io.anemone.orchestrator.scheduler.slurm.BoxSlurm;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Real credentials, made on a node of the box and decoded on its head, about a real job. */
@Tag("box")
@EnabledIf("io.anemone.orchestrator.scheduler.slurm.BoxSlurm#boxIsThere")
final class DirectJobBoxTest {

    private static final String BOX = Objects.requireNonNullElse(System.getenv("ANEMONE_BOX"), "box");
    private static final BoundedProgram PROGRAM = new BoundedProgram(Duration.ofSeconds(60));

    private final Scheduler slurm = BoxSlurm.scheduler(Clock.systemUTC());
    private final CredentialVerifier unmunge = new UnmungeVerifier(
            List.of(BOX, "exec", "head", "--user", "anemone", "--", "unmunge", "--keys=UID"), PROGRAM);
    private final DirectJobVerifier verifier = new DirectJobVerifier(unmunge, slurm);

    @Test
    void credential_tellsItsMakerOnce() throws Exception {
        // Given
        String payload = new DirectClaim("42", "n1").payload();
        String credential = munge("n1", "researcher", payload);

        // When
        CredentialAnswer answer = unmunge.verify(credential);

        // Then
        assertThat(answer).isInstanceOfSatisfying(Valid.class, valid -> {
            assertThat(valid.user()).isEqualTo("researcher");
            assertThat(valid.payload()).isEqualTo(payload);
        });
        assertThat(unmunge.verify(credential)).isEqualTo(new Refused(Reason.REPLAYED));
        assertThat(List.of("MUNGE:no:", "MUNGE:", "MUNGE::", "MUNGE:" + "A".repeat(15_000) + ":", "", "junk"))
                .allSatisfy(text -> assertThat(unmunge.verify(text)).isEqualTo(new Refused(Reason.INVALID)));
    }

    @Test
    void ownersAgentIsLetIn_andNobodyElses() throws Exception {
        // Given
        JobView job = runningJob();
        String node = Objects.requireNonNull(job.node());
        DirectClaim claim = new DirectClaim(job.id(), node);

        try {
            // When
            JobView verified = verifier.verify(claim, munge(node, BoxSlurm.owner(), claim.payload()));

            // Then
            assertThat(verified.id()).isEqualTo(job.id());
            assertRefused(ErrorCode.CREDENTIAL_MISMATCH, claim, munge(node, "batch", claim.payload()));
            DirectClaim elsewhere = new DirectClaim(job.id(), "elsewhere");
            assertRefused(ErrorCode.JOB_NOT_ON_NODE, elsewhere, munge(node, BoxSlurm.owner(), elsewhere.payload()));
        } finally {
            slurm.cancel(job.id(), BoxSlurm.owner());
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> known(job.id()).state().over());
        assertRefused(ErrorCode.JOB_NOT_RUNNING, claim, munge(node, BoxSlurm.owner(), claim.payload()));
    }

    private JobView runningJob() {
        JobRequest request = new JobRequest(
                "direct-" + UUID.randomUUID(),
                BoxSlurm.owner(),
                null,
                null,
                1,
                64,
                Duration.ofMinutes(10),
                false,
                "#!/bin/sh\nsleep 600\n",
                Map.of("PATH", "/usr/bin:/bin"));
        SubmitAnswer answer = slurm.submit(request);
        assertThat(answer).isInstanceOf(SubmitAnswer.Accepted.class);
        String id = ((SubmitAnswer.Accepted) answer).jobId();
        return await().atMost(Duration.ofSeconds(60)).until(() -> known(id), job -> job.state() == JobState.RUNNING);
    }

    private JobView known(String id) {
        return ((JobAnswer.Known) slurm.job(id, BoxSlurm.owner())).job();
    }

    private static String munge(String node, String user, String payload) throws IOException {
        BoundedProgram.Result result = PROGRAM.run(List.of(BOX, "exec", node, "--user", user, "--", "munge"), payload);
        assertThat(result.exitCode()).isZero();
        return result.output().strip();
    }

    private void assertRefused(ErrorCode code, DirectClaim claim, String credential) {
        assertThatThrownBy(() -> verifier.verify(claim, credential))
                .isInstanceOfSatisfying(
                        AnemoneException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
