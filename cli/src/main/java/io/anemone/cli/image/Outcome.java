package io.anemone.cli.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Api;
import io.anemone.cli.api.Image;
import io.anemone.cli.api.Json;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import java.time.Duration;

/** Waits until a revision can be booted, or is refused. */
public final class Outcome {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Cli cli;
    private final Api api;
    private String told = "";

    public Outcome(Cli cli, Api api) {
        this.cli = cli;
        this.api = api;
    }

    /** @throws CliException if it is refused */
    public JsonNode of(String id, int number) {
        while (true) {
            JsonNode node = api.get("/images/" + Api.segment(id));
            Image.Revision revision = Json.as(node, Image.class)
                    .number(number)
                    .orElseThrow(() -> new CliException(ExitCode.REFUSED, "The revision was deleted meanwhile."));
            switch (revision.state()) {
                case "ACTIVE", "DEPRECATED" -> {
                    if (revision.message() != null) {
                        tell("Note: " + revision.message());
                    }
                    return node;
                }
                case "REFUSED" ->
                    throw new CliException(
                            ExitCode.REFUSED, revision.reference() + " is refused: " + revision.message());
                case "CHECKING" -> tell("It is being checked.");
                default ->
                    tell(
                            revision.message() != null
                                    ? revision.message() + "."
                                    : "It is being fetched: " + Bytes.text(revision.received()) + ".");
            }
            cli.pace().pause(LOOK_EVERY);
        }
    }

    private void tell(String line) {
        if (!line.equals(told)) {
            told = line;
            cli.note(line);
        }
    }
}
