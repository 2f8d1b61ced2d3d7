package io.anemone.orchestrator.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The description must tell a stranger all that is needed. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
class OpenApiTest {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private JsonNode description = new ObjectMapper().nullNode();

    @BeforeEach
    void read() throws IOException {
        description = new ObjectMapper()
                .readTree(RestAssured.given()
                        .queryParam("format", "json")
                        .get("/q/openapi")
                        .asString());
    }

    private void eachOperation(BiConsumer<String, JsonNode> check) {
        for (Map.Entry<String, JsonNode> path : description.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    check.accept(operation.getKey() + " " + path.getKey(), operation.getValue());
                }
            }
        }
    }

    @Test
    void everyOperation_isThereAndNothingElse() {
        Set<String> operations = new TreeSet<>();
        eachOperation((name, operation) -> operations.add(name));

        assertThat(operations)
                .containsExactlyInAnyOrder(
                        "post /api/v1/login",
                        "post /api/v1/logout",
                        "get /api/v1/me",
                        "post /api/v1/vms",
                        "get /api/v1/vms",
                        "get /api/v1/vms/{id}",
                        "delete /api/v1/vms/{id}",
                        "get /api/v1/vms/{id}/events",
                        "get /api/v1/vms/{id}/console-log",
                        "get /api/v1/vms/{id}/stats",
                        "post /api/v1/vms/{id}/tickets",
                        "post /api/v1/vms/{id}/image",
                        "post /api/v1/vms/{id}/actions/suspend",
                        "post /api/v1/vms/{id}/actions/resume",
                        "post /api/v1/vms/{id}/actions/reboot",
                        "post /api/v1/vms/{id}/actions/shutdown",
                        "get /api/v1/volumes",
                        "post /api/v1/volumes",
                        "get /api/v1/volumes/{id}",
                        "delete /api/v1/volumes/{id}",
                        "get /api/v1/images",
                        "post /api/v1/images",
                        "get /api/v1/images/{id}",
                        "post /api/v1/images/{id}/actions/share",
                        "delete /api/v1/images/{id}/revisions/{revision}",
                        "post /api/v1/images/{id}/revisions/{revision}/actions/deprecate",
                        "post /api/v1/images/{id}/revisions/{revision}/actions/make-current",
                        "patch /api/v1/images/{id}/revisions/{revision}/files/{role}",
                        "get /api/v1/flavors",
                        "get /api/v1/leases",
                        "get /api/v1/leases/{id}",
                        "post /api/v1/leases/{id}/actions/drain",
                        "post /api/v1/leases/{id}/actions/release",
                        "get /api/v1/nodes",
                        "get /api/v1/partitions",
                        "get /api/v1/pools",
                        "put /api/v1/pools/{name}",
                        "get /api/v1/invariants",
                        "get /api/v1/events");
    }

    @Test
    void everyOperation_tellsWhatItIsForAndHowItCanFail() {
        eachOperation((name, operation) -> {
            assertThat(operation.path("summary").asText())
                    .as("summary of %s", name)
                    .isNotBlank();
            assertThat(operation.path("tags")).as("tag of %s", name).isNotEmpty();
            JsonNode responses = operation.path("responses");
            assertThat(responses.has("401")).as("401 of %s", name).isTrue();
            assertThat(responses.has("500")).as("500 of %s", name).isTrue();
            if (operation.has("requestBody")) {
                assertThat(responses.has("400")).as("400 of %s", name).isTrue();
                assertThat(responses.has("413")).as("413 of %s", name).isTrue();
                assertThat(responses.has("415")).as("415 of %s", name).isTrue();
            }
            if (name.contains("{id}")) {
                assertThat(responses.has("404")).as("404 of %s", name).isTrue();
            }
            for (JsonNode parameter : operation.path("parameters")) {
                assertThat(parameter.path("description").asText())
                        .as("%s of %s", parameter.path("name"), name)
                        .isNotBlank();
            }
        });
    }

    @Test
    void everyReference_leadsSomewhere() {
        Set<String> references = new TreeSet<>(description.findValuesAsText("$ref"));

        assertThat(references).hasSizeGreaterThan(20);
        for (String reference : references) {
            assertThat(description.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
    }

    @Test
    void bodies_haveSchemas() {
        eachOperation((name, operation) -> {
            for (JsonNode content : operation.path("requestBody").path("content")) {
                assertThat(content.at("/schema/$ref").asText()).as(name).startsWith("#/components/schemas/");
            }
            for (JsonNode response : operation.path("responses")) {
                for (JsonNode content : response.path("content")) {
                    assertThat(content.path("schema").isEmpty()).as(name).isFalse();
                }
            }
        });
    }

    @Test
    void everythingElse_takesATokenOrTheCookie() {
        assertThat(description.path("security").findValues("token")).hasSize(1);
        assertThat(description.path("security").findValues("cookie")).hasSize(1);
        eachOperation((name, operation) ->
                assertThat(operation.has("security")).as(name).isEqualTo(name.equals("post /api/v1/login")));
    }

    @Test
    void logIn_needsNoToken() {
        JsonNode login = description.path("paths").path("/api/v1/login").path("post");

        assertThat(login.path("security").isArray()).isTrue();
        assertThat(login.path("security")).isEmpty();
    }
}
