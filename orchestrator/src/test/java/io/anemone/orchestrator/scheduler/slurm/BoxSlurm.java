package io.anemone.orchestrator.scheduler.slurm;

import io.anemone.core.scheduler.Scheduler;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;

/**
 * A real Slurm for tests: that of the box whose {@code verify} runs them, or any other.
 * {@code ANEMONE_TEST_SLURM_URL} says where its slurmrestd is, {@code ANEMONE_TEST_SLURM_KEY_FILE} which file holds
 * its JWT key, and {@code ANEMONE_TEST_SLURM_OWNER} whose jobs to submit.
 */
public final class BoxSlurm {

    private static final String BOX_DIR = env("ANEMONE_BOX_DIR", "");

    private BoxSlurm() {}

    public static boolean isThere() {
        return !BOX_DIR.isEmpty() || System.getenv("ANEMONE_TEST_SLURM_URL") != null;
    }

    /** Whether the box's own script can be used, too. */
    public static boolean boxIsThere() {
        return !BOX_DIR.isEmpty() && System.getenv("ANEMONE_BOX") != null;
    }

    public static Scheduler scheduler(Clock clock) {
        return SlurmSchedulers.rest(config(), clock);
    }

    public static String owner() {
        return env("ANEMONE_TEST_SLURM_OWNER", "researcher");
    }

    static TestSlurmConfig config() {
        String url = "http://10.77." + env("ANEMONE_BOX_ID", "0") + ".1:6820";
        return new TestSlurmConfig(env("ANEMONE_TEST_SLURM_URL", url))
                .withKey(Path.of(env("ANEMONE_TEST_SLURM_KEY_FILE", BOX_DIR + "/secrets/jwt_hs256.key")))
                // The cluster's accounts are not those of the machine that the tests run on.
                .withHomes("/home/{user}");
    }

    private static String env(String name, String otherwise) {
        return Objects.requireNonNullElse(System.getenv(name), otherwise);
    }
}
