/** Images: what a guest boots from. */
@NullMarked
package io.anemone.core.image;

import org.jspecify.annotations.NullMarked;
