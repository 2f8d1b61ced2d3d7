/** Decides, without I/O, which events follow from what is wanted and what was observed. */
@NullMarked
package io.anemone.core.plan;

import org.jspecify.annotations.NullMarked;
