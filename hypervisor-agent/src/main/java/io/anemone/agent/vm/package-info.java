/** Supervision: what shall run is held against what runs. */
@NullMarked
package io.anemone.agent.vm;

import org.jspecify.annotations.NullMarked;
