package io.anemone.orchestrator.node;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.anemone.orchestrator.testing.Api;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
class NodeResourceTest {

    @Test
    void nodes_areToldAsTheSchedulerDescribesThem() {
        Api.as("alice")
                .get("/nodes")
                .then()
                .statusCode(200)
                .body("takenAt", notNullValue())
                .body("items.name", contains("n1", "n2", "n3"))
                .body("items[0].cores", equalTo(4))
                .body("items[0].memoryMiB", equalTo(4096))
                .body("items[0].available", equalTo(true))
                .body("items[0].partitions", contains("compute", "short"));
    }

    @Test
    void partitions_areToldWithTheirLimits() {
        Api.as("alice")
                .get("/partitions")
                .then()
                .statusCode(200)
                .body("items.name", contains("compute", "short"))
                .body("items[0].isDefault", equalTo(true))
                .body("items[1].maxWalltime", equalTo("PT1H"));
    }

    @Test
    void imagesAndFlavors_areTold() {
        // When their files have been read
        await().untilAsserted(() -> Api.as("alice")
                .get("/images")
                .then()
                .statusCode(200)
                // Other tests bring images of their users.
                .body("items.findAll { !it.name.contains('/') }.name", contains("big", "disky", "micro"))
                .body("items.find { it.name == 'micro' }.defaultUser", equalTo("root"))
                .body("items.find { it.name == 'micro' }.minMemoryMiB", equalTo(128))
                .body("items.find { it.name == 'micro' }.readiness.kind", equalTo("SSH"))
                .body("items.find { it.name == 'micro' }.readiness.timeoutSeconds", equalTo(60)));
        Api.as("alice")
                .get("/flavors")
                .then()
                .statusCode(200)
                .body("items.name", contains("micro", "nano", "small", "medium", "large", "whole-node"))
                .body("items[4].vcpus", equalTo(4))
                .body("items[4].memoryMiB", equalTo(3072));
    }
}
