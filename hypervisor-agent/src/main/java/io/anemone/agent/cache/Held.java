package io.anemone.agent.cache;

import java.nio.file.Path;

/**
 * Content on the node that stays until it is released.
 *
 * @param path   where it can be read
 * @param origin how it came there
 */
public record Held(Path path, Origin origin) {

    /** In order of how long it takes. */
    public enum Origin {
        /** It was there. */
        CACHED,
        /** Somebody else copied it meanwhile. */
        WAITED,
        /** It was copied for the caller. */
        COPIED
    }
}
