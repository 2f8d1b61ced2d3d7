package io.anemone.orchestrator.image.inspection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** When looking at a file must be over. */
final class TimeLimit {

    private final Clock clock;
    private final Instant end;

    TimeLimit(Clock clock, Duration time) {
        this.clock = clock;
        this.end = clock.instant().plus(time);
    }

    void check() throws RefusedFileException {
        if (clock.instant().isAfter(end)) {
            throw new RefusedFileException("Looking at the file took too long: its tables are unusually large. Convert"
                    + " it anew with qemu-img convert -O qcow2.");
        }
    }
}
