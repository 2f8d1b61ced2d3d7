/** What the commands have in common. */
@NullMarked
package io.anemone.cli.command;

import org.jspecify.annotations.NullMarked;
