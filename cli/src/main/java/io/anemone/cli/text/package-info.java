/** Words, numbers and tables for people. */
@NullMarked
package io.anemone.cli.text;

import org.jspecify.annotations.NullMarked;
