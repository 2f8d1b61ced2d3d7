/** A clock that tests set. */
@NullMarked
package io.anemone.testkit.time;

import org.jspecify.annotations.NullMarked;
