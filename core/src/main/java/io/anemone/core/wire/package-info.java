/** What agent and orchestrator say to each other. */
@NullMarked
package io.anemone.core.wire;

import org.jspecify.annotations.NullMarked;
