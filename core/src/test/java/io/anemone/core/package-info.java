/** Tests of what holds for core as a whole. */
@NullMarked
package io.anemone.core;

import org.jspecify.annotations.NullMarked;
