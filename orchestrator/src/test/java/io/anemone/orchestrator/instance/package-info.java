@NullMarked
package io.anemone.orchestrator.instance;

import org.jspecify.annotations.NullMarked;
