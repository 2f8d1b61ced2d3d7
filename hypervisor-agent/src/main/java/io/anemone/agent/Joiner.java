package io.anemone.agent;

import io.anemone.core.wire.Join;
import java.io.IOException;

/** What an agent proves itself with on its first contact. */
@FunctionalInterface
public interface Joiner {

    /** @throws IOException if it cannot be had at the moment */
    Join first() throws IOException;
}
