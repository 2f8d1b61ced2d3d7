package io.anemone.core.hypervisor;

/** What is known of a copy of a domain's disk. */
public sealed interface DiskCopy {

    /** It is being made. */
    record Running(long doneBytes, long totalBytes) implements DiskCopy {}

    /** It is whole. */
    record Done() implements DiskCopy {}

    /** There is none: it failed, was given up, or its domain is gone. */
    record None() implements DiskCopy {}
}
