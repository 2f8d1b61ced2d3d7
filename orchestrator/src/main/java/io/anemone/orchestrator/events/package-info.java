/** Live updates as server-sent events. */
@NullMarked
package io.anemone.orchestrator.events;

import org.jspecify.annotations.NullMarked;
