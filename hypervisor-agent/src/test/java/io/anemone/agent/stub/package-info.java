/** An orchestrator for tests. */
@NullMarked
package io.anemone.agent.stub;

import org.jspecify.annotations.NullMarked;
