package io.anemone.agent.stream;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** Closes what is of no use any more: that it cannot be closed properly changes nothing. */
final class Closing {

    private static final System.Logger LOG = System.getLogger(Closing.class.getName());

    private Closing() {}

    static void quietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "not closed properly", e);
        }
    }
}
