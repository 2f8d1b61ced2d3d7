package io.anemone.core.scheduler;

/** The scheduler's clear answer to a question about one job. */
public sealed interface JobAnswer {

    record Known(JobView job) implements JobAnswer {}

    /** The scheduler answered, and knows no job of that id. */
    record NoSuchJob() implements JobAnswer {}
}
