/** A scheduler that misbehaves on request, and the contract that it and every real adapter pass. */
@NullMarked
package io.anemone.testkit.scheduler;

import org.jspecify.annotations.NullMarked;
