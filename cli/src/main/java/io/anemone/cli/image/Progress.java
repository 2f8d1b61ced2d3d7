package io.anemone.cli.image;

import io.anemone.cli.command.Cli;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A bar that grows, for a person; for a log, a line when a file is done. */
final class Progress {

    private static final int WIDTH = 30;
    private static final Duration REDRAW = Duration.ofMillis(200);

    private final Cli cli;
    private final String what;
    private final long total;
    private final long begin;
    private final Instant began;
    private Instant drawn = Instant.MIN;

    /** @param begin how much was there before */
    Progress(Cli cli, String what, long total, long begin) {
        this.cli = cli;
        this.what = what;
        this.total = total;
        this.begin = begin;
        this.began = cli.clock().instant();
    }

    void at(long bytes) {
        Instant now = cli.clock().instant();
        boolean last = bytes >= total;
        if (cli.terminal().interactive() && (last || !now.isBefore(drawn.plus(REDRAW)))) {
            drawn = now;
            cli.terminal().err().print("\r" + line(bytes, now) + (last ? "\n" : ""));
            cli.terminal().err().flush();
        } else if (last) {
            cli.note(line(bytes, now));
        }
    }

    private String line(long bytes, Instant now) {
        int done = (int) (WIDTH * bytes / Math.max(1, total));
        double seconds = Math.max(0.001, Duration.between(began, now).toMillis() / 1000.0);
        return String.format(
                Locale.ROOT,
                "%-7s [%s%s] %3d%%  %s of %s  %s/s   ",
                what,
                "#".repeat(done),
                ".".repeat(WIDTH - done),
                100 * bytes / Math.max(1, total),
                Bytes.text(bytes),
                Bytes.text(total),
                Bytes.text((long) ((bytes - begin) / seconds)));
    }
}
