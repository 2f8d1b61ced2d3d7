@NullMarked
package io.anemone.orchestrator.json;

import org.jspecify.annotations.NullMarked;
