/** The one clock of the service, and waiting. */
@NullMarked
package io.anemone.orchestrator.time;

import org.jspecify.annotations.NullMarked;
