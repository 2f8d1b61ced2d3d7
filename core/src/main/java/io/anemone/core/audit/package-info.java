/** Holds what is recorded, and what was observed, against what must always be true. */
@NullMarked
package io.anemone.core.audit;

import org.jspecify.annotations.NullMarked;
