package io.anemone.core.image;

import java.time.Duration;

/**
 * The positive evidence that makes a RUNNING guest READY.
 *
 * @param kind    what is looked for
 * @param timeout how long a guest of this image usually takes at most; when it is over, the VM's record says so
 */
public record ReadinessProbe(Kind kind, Duration timeout) {

    public enum Kind {
        /** The guest's ssh server sends its banner. */
        SSH,
        /** A running domain is taken as ready. */
        NONE
    }
}
