/** Tests of the lease machine. */
@NullMarked
package io.anemone.core.lease;

import org.jspecify.annotations.NullMarked;
