/** Direct jobs: who an agent's munge credential was made by, and whether its job is what it claims. */
@NullMarked
package io.anemone.orchestrator.scheduler.munge;

import org.jspecify.annotations.NullMarked;
