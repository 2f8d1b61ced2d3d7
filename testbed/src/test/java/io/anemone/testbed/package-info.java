/** Tests of the whole: the three launch paths on the cluster in a box, which is up already. */
@NullMarked
package io.anemone.testbed;

import org.jspecify.annotations.NullMarked;
