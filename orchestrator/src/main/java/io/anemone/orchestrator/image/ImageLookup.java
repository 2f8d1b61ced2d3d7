package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageDefinition;
import java.util.Optional;

/** Whether there is an image, as far as is known. */
public sealed interface ImageLookup {

    record Found(ImageDefinition image) implements ImageLookup {}

    /** The images could not be read yet, or this one's files are still being read: nothing may be concluded. */
    record NotYet() implements ImageLookup {}

    record Absent() implements ImageLookup {}

    default Optional<ImageDefinition> found() {
        return this instanceof Found(ImageDefinition image) ? Optional.of(image) : Optional.empty();
    }
}
