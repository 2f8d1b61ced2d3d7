package io.anemone.agent.cache;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.function.BooleanSupplier;

/** A source that is read no faster than at a rate, while nothing is urgent. */
public final class SlowSource implements ImageSource {

    private static final int PIECE = 64 * 1024;
    private static final long NANOS = 1_000_000_000L;

    private final ImageSource source;
    private final long rate;
    private final BooleanSupplier urgent;

    /** @param rate bytes a second */
    public SlowSource(ImageSource source, long rate, BooleanSupplier urgent) {
        this.source = source;
        this.rate = rate;
        this.urgent = urgent;
    }

    @Override
    public InputStream open(Blob blob, long offset) throws IOException {
        return new FilterInputStream(source.open(blob, offset)) {

            /** When what was read so far may have been read at the earliest. */
            private long due = System.nanoTime();

            @Override
            public int read(byte[] bytes, int from, int count) throws IOException {
                int read = super.read(bytes, from, Math.min(count, PIECE));
                // Time that was lost is not made up for: a source that was slow is not read faster afterwards.
                due = Math.max(due, System.nanoTime()) + Math.max(0, read) * NANOS / rate;
                rest(due);
                return read;
            }
        };
    }

    private void rest(long until) throws IOException {
        try {
            while (System.nanoTime() < until && !urgent.getAsBoolean()) {
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it rested");
        }
    }

    @Override
    public String name() {
        return source.name();
    }
}
