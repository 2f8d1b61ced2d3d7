package io.anemone.core.wire;

import java.util.Locale;

/**
 * How far an attempt's image has come to its node.
 *
 * @param step       what is done, or what came of it
 * @param doneBytes  of {@code totalBytes}
 * @param totalBytes of all of the image's files that are not there to be used as they are
 * @param millis     since it was begun
 */
public record Preparation(Step step, long doneBytes, long totalBytes, long millis) {

    /** In order of how much an attempt waited for it: of an image's files, the last one counts. */
    public enum Step {
        /** All of it could be used where it was. */
        IN_PLACE(true),
        /** All of it was in the node's cache. */
        CACHED(true),
        /** Another attempt on the node copied it; this one waited for that. */
        WAITED(true),
        /** It was copied to the node for this attempt. */
        COPIED(true),
        /** Another attempt on the node copies it. */
        WAITING(false),
        /** It is being copied to the node for this attempt. */
        COPYING(false);

        private final boolean over;

        Step(boolean over) {
            this.over = over;
        }
    }

    private static final long MIB = 1L << 20;

    public Preparation {
        if (doneBytes < 0 || totalBytes < 0 || millis < 0) {
            throw new IllegalArgumentException("sizes and times are not negative");
        }
    }

    /** Whether the image is there. */
    public boolean over() {
        return step.over;
    }

    /** For the VM's owner. */
    public String sentence() {
        return switch (step) {
            case IN_PLACE -> "The image is used where it is on the node.";
            case CACHED -> "The image was in the node's cache already" + time() + ".";
            case WAITED -> "The image was copied to the node for another VM meanwhile" + time() + ".";
            case COPIED -> "The image was copied to the node: " + mib(totalBytes) + " MiB" + time() + ".";
            case WAITING -> "Another VM's copy of the image to the node is waited for: " + progress() + ".";
            case COPYING -> "The image is copied to the node: " + progress() + ".";
        };
    }

    private String progress() {
        long percent = totalBytes == 0 ? 0 : Math.min(100, doneBytes * 100 / totalBytes);
        return mib(doneBytes) + " of " + mib(totalBytes) + " MiB (" + percent + " %)";
    }

    /** Rounded up: a small file is not nothing. */
    private static long mib(long bytes) {
        return (bytes + MIB - 1) / MIB;
    }

    private String time() {
        return String.format(Locale.ROOT, " (%.1f s)", millis / 1000.0);
    }
}
