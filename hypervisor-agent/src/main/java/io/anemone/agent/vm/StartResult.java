package io.anemone.agent.vm;

import io.anemone.core.error.Failure;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.wire.VmReport;

/** What came of the one start of an attempt. */
sealed interface StartResult {

    record Started(DomainMark mark) implements StartResult {}

    /** Its domain was there already: an earlier agent of this job started it. */
    record Found(DomainMark mark) implements StartResult {}

    /** Started, or not: the hypervisor failed and could not be asked since. */
    record Unclear(DomainMark mark, Failure failure) implements StartResult {}

    /** There is no domain, and there will be none. */
    record Failed(Failure failure) implements StartResult {}

    /** An earlier agent of this job saw its end. */
    record EndedBefore(VmReport report) implements StartResult {}

    /** An earlier agent of this job saved its guest, and said so or not. */
    record SavedBefore() implements StartResult {}

    /** It was to be stopped before it was started. */
    record Abandoned() implements StartResult {}
}
