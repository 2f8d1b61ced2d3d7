/** Saves the disk of a guest that runs as an image. */
@NullMarked
package io.anemone.agent.save;

import org.jspecify.annotations.NullMarked;
