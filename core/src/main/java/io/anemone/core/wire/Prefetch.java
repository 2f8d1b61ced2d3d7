package io.anemone.core.wire;

import io.anemone.core.image.ImageFile;
import java.util.List;

/**
 * An image of the site's own that an agent may bring to its node's cache before anybody needs it there.
 *
 * @param image its name
 */
public record Prefetch(String image, List<ImageFile> files) {

    public Prefetch {
        files = List.copyOf(files);
    }
}
