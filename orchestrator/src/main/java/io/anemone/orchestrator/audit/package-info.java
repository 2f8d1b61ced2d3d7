/** The live audit: holds the records and the world against the invariants, all the time. */
@NullMarked
package io.anemone.orchestrator.audit;

import org.jspecify.annotations.NullMarked;
