/** What VMs use: a short history for plots. */
@NullMarked
package io.anemone.orchestrator.usage;

import org.jspecify.annotations.NullMarked;
