package io.anemone.agent;

import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Logging of a direct job: its output belongs to the user, who is told what matters by other means. */
public final class QuietLogging {

    /** Called by java.util.logging. */
    public QuietLogging() {
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(new ConsoleHandler());
    }
}
