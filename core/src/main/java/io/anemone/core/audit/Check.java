package io.anemone.core.audit;

import java.time.Instant;
import java.util.List;

/** Looks for one kind of difference. Pure. */
@FunctionalInterface
interface Check {

    List<Suspicion> of(Facts facts, Instant now);
}
