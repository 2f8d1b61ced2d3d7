@NullMarked
package io.anemone.cli.text;

import org.jspecify.annotations.NullMarked;
