package io.anemone.orchestrator.scheduler.slurm;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A configuration without a file. */
record TestSlurmConfig(
        URI url, Path jwtKeyFile, String serviceUser, Duration answerTimeout, Optional<String> homeTemplate)
        implements SlurmConfig {

    TestSlurmConfig(String url) {
        this(URI.create(url), Path.of("none"), "anemone", Duration.ofSeconds(10), Optional.empty());
    }

    TestSlurmConfig withKey(Path file) {
        return new TestSlurmConfig(url, file, serviceUser, answerTimeout, homeTemplate);
    }

    TestSlurmConfig withServiceUser(String user) {
        return new TestSlurmConfig(url, jwtKeyFile, user, answerTimeout, homeTemplate);
    }

    TestSlurmConfig withAnswerTimeout(Duration limit) {
        return new TestSlurmConfig(url, jwtKeyFile, serviceUser, limit, homeTemplate);
    }

    TestSlurmConfig withHomes(String template) {
        return new TestSlurmConfig(url, jwtKeyFile, serviceUser, answerTimeout, Optional.of(template));
    }

    @Override
    public Duration connectTimeout() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Duration tokenLifetime() {
        return Duration.ofSeconds(60);
    }

    @Override
    public String output() {
        return "/dev/null";
    }
}
