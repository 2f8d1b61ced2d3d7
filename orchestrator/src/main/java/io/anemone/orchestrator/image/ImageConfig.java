package io.anemone.orchestrator.image;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where the site's images are described. */
@ConfigMapping(prefix = "anemone.images")
public interface ImageConfig {

    /** Directory with one directory for each image, named like it, that holds an {@code image.yaml}. */
    @WithDefault("/var/lib/anemone/images")
    Path dir();

    /** How long a listing is used before the directory is looked at again. */
    @WithDefault("PT5S")
    Duration rescan();

    /** Images of the site that are brought to the nodes of pools before anybody asks for them, separated by commas. */
    Optional<List<String>> warm();

    /** How long a request waits for an image whose files are being read for the first time. */
    @WithDefault("PT5S")
    Duration patience();
}
