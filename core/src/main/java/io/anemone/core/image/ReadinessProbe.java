package io.anemone.core.image;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The positive evidence that makes a RUNNING guest READY.
 *
 * @param kind      what is looked for
 * @param timeout   the guest's boot deadline: how long it may take from when its domain runs
 * @param pattern   for {@link Kind#CONSOLE} the text that is looked for, null otherwise
 * @param onTimeout what follows when the deadline has passed without the evidence
 */
public record ReadinessProbe(
        Kind kind, Duration timeout, @Nullable String pattern, OnTimeout onTimeout) {

    /** Longest pattern, in characters. */
    public static final int MAX_PATTERN = 256;

    public ReadinessProbe {
        onTimeout = onTimeout == null ? OnTimeout.TELL : onTimeout;
        if ((kind == Kind.CONSOLE) != (pattern != null)) {
            throw new IllegalArgumentException("a pattern belongs to the kind CONSOLE, and to no other");
        }
        if (pattern != null && (pattern.isBlank() || pattern.length() > MAX_PATTERN)) {
            throw new IllegalArgumentException("a pattern has 1 to " + MAX_PATTERN + " characters");
        }
    }

    public ReadinessProbe(Kind kind, Duration timeout) {
        this(kind, timeout, null, OnTimeout.TELL);
    }

    public enum Kind {
        /** The guest's ssh server sends its banner. */
        SSH,
        /** The agent inside the guest (qemu-guest-agent) answers a ping. */
        AGENT,
        /** The guest's serial console shows a text: plain characters, no expression that could be made to run long. */
        CONSOLE,
        /** cloud-init says on the guest's serial console that it is done, in words that its seed gave it. */
        CLOUD_INIT,
        /** A running domain is taken as ready. */
        NONE
    }

    public enum OnTimeout {
        /** The VM goes on, and its record says what is missing. */
        TELL,
        /** The VM fails. */
        FAIL
    }

    /** What is missing while there is no evidence, as the end of a sentence. */
    public String missing() {
        return switch (kind) {
            case SSH -> "its ssh server has not answered";
            case AGENT -> "its guest agent has not answered";
            case CONSOLE -> "its console has not shown \"" + pattern + "\"";
            case CLOUD_INIT -> "cloud-init has not said on its console that it is done";
            case NONE -> "nothing";
        };
    }
}
