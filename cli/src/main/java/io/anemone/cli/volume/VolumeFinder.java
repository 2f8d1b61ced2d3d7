package io.anemone.cli.volume;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Api;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import java.util.List;
import java.util.Map;

/** Finds the volume that somebody means: by its name or its id. More than one that fits is an error, never a guess. */
final class VolumeFinder {

    private VolumeFinder() {}

    static JsonNode find(Api api, String given) {
        List<JsonNode> found = api.all("/volumes", Map.of())
                .path("items")
                .valueStream()
                .filter(volume -> given.equals(volume.path("name").asText())
                        || given.equals(volume.path("id").asText()))
                .toList();
        return switch (found.size()) {
            case 0 ->
                throw new CliException(
                        ExitCode.REFUSED, "There is no volume '" + given + "'.", "see: anemone volume list");
            case 1 -> found.getFirst();
            default ->
                throw new CliException(
                        ExitCode.REFUSED,
                        "'" + given + "' is the name of several owners' volumes.",
                        "name the one you mean by its id: anemone volume list -o json");
        };
    }
}
