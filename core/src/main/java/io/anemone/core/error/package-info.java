/** Error codes: one for each thing that can go wrong, tied to its HTTP status. */
@NullMarked
package io.anemone.core.error;

import org.jspecify.annotations.NullMarked;
