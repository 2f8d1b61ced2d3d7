/** How recent starts went, and what that keeps shut. */
@NullMarked
package io.anemone.orchestrator.breaker;

import org.jspecify.annotations.NullMarked;
