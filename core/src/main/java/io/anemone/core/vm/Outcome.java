package io.anemone.core.vm;

import io.anemone.core.error.Failure;
import org.jspecify.annotations.Nullable;

/** What becomes of a VM when the attempt that is being stopped is known to be over. */
public sealed interface Outcome {
    record Stop(StopReason reason, String message) implements Outcome {}

    record Fail(Failure failure) implements Outcome {}

    /**
     * Another attempt, elsewhere, because this one's node or lease was at fault.
     *
     * @param saved what it goes on from, or null if it is booted
     */
    record Retry(Failure failure, @Nullable Saved saved) implements Outcome {
        public Retry(Failure failure) {
            this(failure, null);
        }
    }

    /** It is as it was before somebody wanted it to go on. */
    record Suspend(Saved saved, String message) implements Outcome {}
}
