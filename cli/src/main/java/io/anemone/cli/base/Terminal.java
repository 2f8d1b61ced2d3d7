package io.anemone.cli.base;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where the command reads and writes.
 *
 * @param interactive whether a person sits at both ends: then colours and redrawing are welcome
 * @param secrets     asks for what must not be shown while it is typed
 */
public record Terminal(InputStream in, PrintStream out, PrintStream err, boolean interactive, Secrets secrets) {

    /** Asks a person for a secret. */
    @FunctionalInterface
    public interface Secrets {
        /** @throws CliException if there is nobody to ask */
        String ask(String prompt);
    }
}
