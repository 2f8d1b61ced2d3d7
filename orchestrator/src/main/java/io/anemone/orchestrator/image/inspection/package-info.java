/** Looks at the files of images that somebody brought, all of which are taken as hostile. */
@NullMarked
package io.anemone.orchestrator.image.inspection;

import org.jspecify.annotations.NullMarked;
