package io.anemone.orchestrator.effect;

/** What the outbox can hold. */
public enum EffectKind {
    /** Settle the submit of a lease's job. */
    SUBMIT_JOB,
    /** End a job. */
    CANCEL_JOB
}
