package io.anemone.orchestrator.request;

import io.anemone.core.image.ImageReference;
import io.anemone.orchestrator.image.ImageLookup;

/** The images of the site, as far as an account may boot them. */
public interface KnownImages {

    /** Waits for a moment for one whose files are still being read. */
    ImageLookup await(ImageReference reference, String account);

    /** For messages. */
    String names(String account);
}
