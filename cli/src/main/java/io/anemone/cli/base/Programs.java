package io.anemone.cli.base;

import java.io.IOException;
import java.util.List;

/** Runs another program on the caller's terminal. */
@FunctionalInterface
public interface Programs {

    /** @return its exit code */
    int run(List<String> arguments);

    static Programs onThisTerminal() {
        return arguments -> {
            try {
                return new ProcessBuilder(arguments).inheritIO().start().waitFor();
            } catch (IOException e) {
                throw new CliException(
                        ExitCode.REFUSED,
                        "Cannot run " + arguments.getFirst() + ".",
                        "install it, or put it on PATH: " + arguments.getFirst());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CliException(ExitCode.TIMED_OUT, "Interrupted.");
            }
        };
    }
}
