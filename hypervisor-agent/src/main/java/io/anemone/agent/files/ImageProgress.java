package io.anemone.agent.files;

import io.anemone.agent.cache.CopyWatch;
import io.anemone.agent.cache.Held.Origin;
import io.anemone.core.wire.Preparation;
import io.anemone.core.wire.Preparation.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Adds up how the files of one image come to the node, and tells of it not more often than people can read. Used by one
 * thread.
 */
final class ImageProgress {

    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final int TENTHS = 10;

    private final GuestFiles.Watch watch;
    private final Clock clock;
    private final Instant begun;
    private final long total;
    private long done;
    private Step worst = Step.IN_PLACE;
    private Instant told = Instant.MIN;
    private Step toldStep = Step.IN_PLACE;
    private long toldTenths = -1;

    /** @param total bytes of the files that are not used in place */
    ImageProgress(GuestFiles.Watch watch, Clock clock, long total) {
        this.watch = watch;
        this.clock = clock;
        this.begun = clock.instant();
        this.total = total;
    }

    /** For the next file. */
    CopyWatch file() {
        return new CopyWatch() {
            @Override
            public void copied(long bytes) {
                tell(Step.COPYING, bytes);
            }

            @Override
            public void waited(long bytes) {
                tell(Step.WAITING, bytes);
            }

            @Override
            public boolean abandoned() {
                return watch.abandoned();
            }
        };
    }

    /** A file is there. */
    void there(long bytes, Origin origin) {
        done += bytes;
        Step step = switch (origin) {
            case CACHED -> Step.CACHED;
            case WAITED -> Step.WAITED;
            case COPIED -> Step.COPIED;
        };
        worst = step.compareTo(worst) > 0 ? step : worst;
    }

    /** All of them are. */
    void over() {
        watch.preparing(new Preparation(worst, total, total, millis(clock.instant())));
    }

    private void tell(Step step, long ofThisFile) {
        Instant now = clock.instant();
        long bytes = Math.min(total, done + ofThisFile);
        long tenths = total == 0 ? TENTHS : bytes * TENTHS / total;
        boolean due = !now.isBefore(told.plus(EVERY)) || tenths > toldTenths || step != toldStep;
        if (due) {
            told = now;
            toldTenths = tenths;
            toldStep = step;
            watch.preparing(new Preparation(step, bytes, total, millis(now)));
        }
    }

    private long millis(Instant now) {
        return Math.max(0, Duration.between(begun, now).toMillis());
    }
}
