package io.anemone.orchestrator.scheduler.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.scheduler.SubmitAnswer;
import io.anemone.orchestrator.scheduler.BoundedProgram;
import io.anemone.testkit.time.SettableClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On the accounts of the machine that the test runs on: root is everywhere. */
final class HostAccountsTest {

    private final SettableClock clock = SettableClock.fixed();
    private final Accounts accounts = new HostAccounts(new BoundedProgram(Duration.ofSeconds(20)), clock);

    @Test
    void knownAccount_hasItsHome() {
        assertThat(accounts.find("root")).contains(new Accounts.Account("root", "/root"));
        assertThat(accounts.find("root")).isPresent();
    }

    @Test
    void unknownAccountOrNumberOrOption_isNoAccount() {
        assertThat(accounts.find("no-such-account")).isEmpty();
        assertThat(accounts.find("0")).isEmpty();
        assertThat(accounts.find("--help")).isEmpty();
        assertThat(accounts.find("")).isEmpty();
    }

    @Test
    void unknownAccount_isRefusedBeforeSlurmWouldRunItAsNobody() {
        try (Slurmrestd slurmrestd = new Slurmrestd()) {
            // Given
            var slurm = SlurmSchedulers.rest(new TestSlurmConfig(slurmrestd.url()), clock);
            JobRequest request = new JobRequest(
                    "x", "no-such-account", null, null, 1, 64, Duration.ofMinutes(1), false, "#!/bin/sh\n", Map.of());

            // When
            SubmitAnswer answer = slurm.submit(request);

            // Then
            assertThat(answer).isInstanceOfSatisfying(SubmitAnswer.Refused.class, refused -> {
                assertThat(refused.failure().code()).isEqualTo(ErrorCode.SUBMIT_REJECTED);
                assertThat(refused.failure().message()).contains("no account no-such-account");
            });
            assertThat(slurmrestd.questions()).isEmpty();
        }
    }
}
