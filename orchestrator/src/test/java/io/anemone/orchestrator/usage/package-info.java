@NullMarked
package io.anemone.orchestrator.usage;

import org.jspecify.annotations.NullMarked;
