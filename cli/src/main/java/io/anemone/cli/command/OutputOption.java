package io.anemone.cli.command;

import java.util.Locale;
import picocli.CommandLine.Option;

/** The option {@code -o} of everything that reads. */
public final class OutputOption {

    /** How a result is written. */
    public enum Format {
        /** For people. May change. */
        TABLE,
        /** For programs: what the API answers. */
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.TABLE;

    public boolean json() {
        return format == Format.JSON;
    }
}
