/** Runs the model. */
@NullMarked
package io.anemone.model;

import org.jspecify.annotations.NullMarked;
