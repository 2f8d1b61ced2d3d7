@NullMarked
package io.anemone.orchestrator.vm;

import org.jspecify.annotations.NullMarked;
