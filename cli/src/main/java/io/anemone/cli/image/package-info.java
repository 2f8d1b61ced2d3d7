/** The commands about images. */
@NullMarked
package io.anemone.cli.image;

import org.jspecify.annotations.NullMarked;
