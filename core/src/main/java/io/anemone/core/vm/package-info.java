/** The VM: what the user asked for, where it is, and the one machine that moves it. */
@NullMarked
package io.anemone.core.vm;

import org.jspecify.annotations.NullMarked;
