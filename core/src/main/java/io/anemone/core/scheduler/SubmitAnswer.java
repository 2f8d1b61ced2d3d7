package io.anemone.core.scheduler;

import io.anemone.core.error.Failure;

/** The scheduler's clear answer to a submit. No clear answer is a {@link SchedulerUnavailableException}. */
public sealed interface SubmitAnswer {

    /** The job exists, whatever warnings came with it. */
    record Accepted(String jobId) implements SubmitAnswer {}

    /** There is no job. */
    record Refused(Failure failure) implements SubmitAnswer {}
}
