package io.anemone.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** How a command ended. */
record Ran(List<String> command, int exit, String out, String err) {

    /** What it wrote, if it ended well. */
    String ok() {
        assertThat(exit).as("exit code of %s; it said: %s%s", command, out, err).isZero();
        return out.strip();
    }

    List<String> lines() {
        return ok().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /** For commands that end with 1 where there is nothing to tell, as pgrep does. */
    List<String> linesIfAny() {
        return exit == 1 && out.isBlank() && err.isBlank() ? List.of() : lines();
    }
}
