@NullMarked
package io.anemone.orchestrator.history;

import org.jspecify.annotations.NullMarked;
