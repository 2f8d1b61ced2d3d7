/** The port to the batch scheduler, the only authority over nodes. */
@NullMarked
package io.anemone.core.scheduler;

import org.jspecify.annotations.NullMarked;
