@NullMarked
package io.anemone.orchestrator.effect;

import org.jspecify.annotations.NullMarked;
