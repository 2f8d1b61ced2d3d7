package io.anemone.core.lease;

/** What must follow in the world from a lease's step: data, carried out after the commit. */
public sealed interface LeaseEffect {

    /**
     * Settle the submit: search the job by its name; if there is none, submit it while the lease is SUBMITTING,
     * or report that there is none while it is RELEASING.
     */
    record SubmitJob() implements LeaseEffect {}

    /** End the job; harmless if it is over. */
    record CancelJob(String jobId) implements LeaseEffect {}

    /** The agent must learn of its new desired state. */
    record SyncAgent() implements LeaseEffect {}
}
