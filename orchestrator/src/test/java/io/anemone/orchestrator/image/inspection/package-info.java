@NullMarked
package io.anemone.orchestrator.image.inspection;

import org.jspecify.annotations.NullMarked;
