package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageFile;
import io.anemone.core.image.ImageReference;
import java.util.Optional;

/**
 * A file that a revision has of the image that its guest was booted from; it is fetched like one that is imported. No
 * request can name such a source: none that operators allow begins like it.
 */
record InheritedFile(String image, String sha256) {

    private static final String PREFIX = "image:";

    String source() {
        return PREFIX + sha256 + ":" + image;
    }

    static Optional<InheritedFile> parse(String source) {
        int end = PREFIX.length() + 64;
        if (!source.startsWith(PREFIX) || source.length() <= end + 1 || source.charAt(end) != ':') {
            return Optional.empty();
        }
        InheritedFile file = new InheritedFile(source.substring(end + 1), source.substring(PREFIX.length(), end));
        return ImageFile.isDigest(file.sha256)
                        && ImageReference.parse(file.image).isPresent()
                ? Optional.of(file)
                : Optional.empty();
    }
}
