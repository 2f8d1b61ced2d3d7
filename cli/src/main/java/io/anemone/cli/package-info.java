/** The {@code anemone} command. */
@NullMarked
package io.anemone.cli;

import org.jspecify.annotations.NullMarked;
