/** What every part of the command shares: its surroundings, exit codes and failures. */
@NullMarked
package io.anemone.cli.base;

import org.jspecify.annotations.NullMarked;
