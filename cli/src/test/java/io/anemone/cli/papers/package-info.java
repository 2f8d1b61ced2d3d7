/** The papers and examples of the repository hold what they promise. */
@NullMarked
package io.anemone.cli.papers;

import org.jspecify.annotations.NullMarked;
