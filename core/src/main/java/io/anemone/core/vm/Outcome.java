package io.anemone.core.vm;

import io.anemone.core.error.Failure;

/** What becomes of a VM when the attempt that is being stopped is known to be over. */
public sealed interface Outcome {

    record Stop(StopReason reason, String message) implements Outcome {}

    record Fail(Failure failure) implements Outcome {}

    /** Another attempt, elsewhere, because this one's node or lease was at fault. */
    record Retry(Failure failure) implements Outcome {}
}
