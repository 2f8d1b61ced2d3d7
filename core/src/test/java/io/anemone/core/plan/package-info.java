/** Tests of the planner. */
@NullMarked
package io.anemone.core.plan;

import org.jspecify.annotations.NullMarked;
