package io.anemone.cli.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Api;
import java.util.Map;
import java.util.Optional;

/** Finds a pool by its name. */
final class Pools {

    private Pools() {}

    static Optional<JsonNode> find(Api api, String name) {
        for (JsonNode pool : api.all("/pools", Map.of()).path("items")) {
            if (pool.path("name").asText().equals(name)) {
                return Optional.of(pool);
            }
        }
        return Optional.empty();
    }
}
