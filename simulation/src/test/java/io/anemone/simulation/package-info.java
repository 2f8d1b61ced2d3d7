@NullMarked
package io.anemone.simulation;

import org.jspecify.annotations.NullMarked;
