@NullMarked
package io.anemone.orchestrator.console;

import org.jspecify.annotations.NullMarked;
