@NullMarked
package io.anemone.cli.vm;

import org.jspecify.annotations.NullMarked;
