@NullMarked
package io.anemone.orchestrator.time;

import org.jspecify.annotations.NullMarked;
