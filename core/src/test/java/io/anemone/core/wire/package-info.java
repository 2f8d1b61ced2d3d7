/** Tests of the wire protocol. */
@NullMarked
package io.anemone.core.wire;

import org.jspecify.annotations.NullMarked;
