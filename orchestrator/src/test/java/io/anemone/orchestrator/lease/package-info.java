@NullMarked
package io.anemone.orchestrator.lease;

import org.jspecify.annotations.NullMarked;
