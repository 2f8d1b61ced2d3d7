package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageFile;
import io.anemone.core.image.ImageReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.Optional;

/** Where the files of images are, for this orchestrator to read. */
@ApplicationScoped
public class ImageFiles {

    private final ImageCatalog catalog;
    private final ImageConfig config;

    ImageFiles(ImageCatalog catalog, ImageConfig config) {
        this.catalog = catalog;
        this.config = config;
    }

    /** The file of that image and content, if the image has one. */
    public Optional<Path> find(ImageReference reference, String sha256) {
        return catalog.look(reference)
                .found()
                .flatMap(image -> image.content().files().stream()
                        .filter(file -> file.sha256().equals(sha256))
                        .findFirst()
                        .map(file -> path(image, file)));
    }

    private Path path(ImageDefinition image, ImageFile file) {
        return config.dir().resolve(image.name()).resolve(file.name());
    }
}
