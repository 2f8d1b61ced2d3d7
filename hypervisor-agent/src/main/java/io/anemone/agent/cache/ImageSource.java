package io.anemone.agent.cache;

import java.io.IOException;
import java.io.InputStream;

/** Where the content of images is had from. Safe for use by many threads. */
public interface ImageSource {

    /**
     * Opens content at an offset. Whatever the stream gives is checked against the digest later; a read that takes too
     * long ends with an {@link IOException}.
     *
     * @throws GoneException if the source answers that it has no such content, or that this agent may not have it. It is
     *                       believed only if the source stays with it: one that has just started may not know yet
     * @throws IOException   if it cannot be had at the moment
     */
    InputStream open(Blob blob, long offset) throws IOException;

    /** For messages: "the orchestrator", or a directory. */
    String name();

    /** There is no such content, or not for this agent. */
    final class GoneException extends IOException {

        private static final long serialVersionUID = 1L;

        public GoneException(String message) {
            super(message);
        }
    }
}
