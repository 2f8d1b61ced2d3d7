package io.anemone.orchestrator.scheduler.local;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** A machine of two cores and 1 GiB, on which jobs are killed soon. */
record TestLocalConfig(Path stateDir) implements LocalConfig {

    @Override
    public String node() {
        return "localhost";
    }

    @Override
    public OptionalInt cores() {
        return OptionalInt.of(2);
    }

    @Override
    public Optional<MemorySize> memory() {
        return Optional.of(new MemorySize(BigInteger.ONE.shiftLeft(30)));
    }

    @Override
    public Duration killWait() {
        return Duration.ofMillis(500);
    }

    @Override
    public Duration remember() {
        return Duration.ofMinutes(5);
    }
}
