/** The tail of each guest's serial console. */
@NullMarked
package io.anemone.orchestrator.console;

import org.jspecify.annotations.NullMarked;
