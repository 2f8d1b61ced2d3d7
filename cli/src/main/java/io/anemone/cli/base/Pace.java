package io.anemone.cli.base;

import java.time.Duration;

/** How the command waits between two looks. */
@FunctionalInterface
public interface Pace {

    void pause(Duration duration);

    /** Sleeps. An interrupt ends the command. */
    static Pace sleeping() {
        return duration -> {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CliException(ExitCode.TIMED_OUT, "Interrupted while waiting.");
            }
        };
    }
}
