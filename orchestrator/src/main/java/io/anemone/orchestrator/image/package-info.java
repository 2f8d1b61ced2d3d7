/** The site's images. */
@NullMarked
package io.anemone.orchestrator.image;

import org.jspecify.annotations.NullMarked;
