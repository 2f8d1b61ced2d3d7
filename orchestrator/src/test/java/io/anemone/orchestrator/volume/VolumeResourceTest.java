package io.anemone.orchestrator.volume;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.anemone.orchestrator.testing.Api;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
class VolumeResourceTest {

    private static Response make(String account, Object body) {
        return Api.as(account).contentType(ContentType.JSON).body(body).post("/volumes");
    }

    private static String made(String account, String name, int size, String place) {
        return make(account, Map.of("name", name, "sizeGiB", size, "place", place))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Response vmWith(String account, String path, String... volumes) {
        return Api.as(account)
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "name", "web",
                        "image", "micro",
                        "flavor", "micro",
                        "path", path,
                        "storage", Map.of("volumes", List.of(volumes))))
                .post("/vms");
    }

    @AfterEach
    void clear() {
        for (String account : List.of("alice", "bob")) {
            all(account, "/vms?active=true").forEach(vm -> Api.as(account).delete("/vms/" + vm));
            all(account, "/volumes").forEach(volume -> Api.as(account).delete("/volumes/" + volume));
        }
    }

    private static List<String> all(String account, String path) {
        return Api.as(account).get(path).then().statusCode(200).extract().path("items.id");
    }

    @Test
    void newVolume_isItsOwnersAloneAndFree() {
        String id = made("alice", "results", 10, "job");

        Api.as("alice")
                .get("/volumes/" + id)
                .then()
                .statusCode(200)
                .body("name", equalTo("results"))
                .body("owner", equalTo("alice"))
                .body("state", equalTo("FREE"))
                .body("heldBy", nullValue());
        Api.as("bob").get("/volumes/" + id).then().statusCode(404);
        Api.as("bob").delete("/volumes/" + id).then().statusCode(404);
        Api.as("bob").get("/volumes").then().body("items", empty());
        Api.as("olga").get("/volumes").then().body("items.id", hasItem(id));
        Api.anonymous().get("/volumes").then().statusCode(401);
    }

    @Test
    void sameName_isAConflictForOneOwnerAndNoneForAnother() {
        made("alice", "data", 1, "job");

        make("alice", Map.of("name", "data", "sizeGiB", 1))
                .then()
                .statusCode(409)
                .body("code", equalTo("VOLUME_EXISTS"));
        made("bob", "data", 1, "job");
    }

    @Test
    void moreThanTheQuota_isRefused() {
        made("alice", "most", 99, "job");

        make("alice", Map.of("name", "more", "sizeGiB", 2))
                .then()
                .statusCode(422)
                .body("code", equalTo("QUOTA_EXCEEDED"))
                .body("detail", containsString("at most 1 GiB"));
        made("alice", "last", 1, "pool");
        made("bob", "other", 99, "job");
    }

    @Test
    void badRequests_areRefusedByField() {
        make("alice", Map.of("name", "No Name", "sizeGiB", 1))
                .then()
                .statusCode(400)
                .body("field", equalTo("name"));
        make("alice", Map.of("name", "a", "sizeGiB", 0)).then().statusCode(400).body("field", equalTo("sizeGiB"));
        make("alice", Map.of("name", "a", "sizeGiB", 1, "place", "attic"))
                .then()
                .statusCode(400)
                .body("field", equalTo("place"));
        make("alice", Map.of("name", "a", "sizeGiB", 1, "path", "/etc"))
                .then()
                .statusCode(400)
                .body("code", equalTo("MALFORMED_REQUEST"));
    }

    @Test
    void volumeOfALiveVm_isRefusedToAnotherAndCannotBeDeleted() {
        // Given
        String id = made("alice", "results", 1, "job");
        made("alice", "spare", 1, "job");
        String vm = vmWith("alice", "scheduled", "results")
                .then()
                .statusCode(202)
                .body("storage.volumes", equalTo(List.of("results")))
                .extract()
                .path("id");

        // Then
        vmWith("alice", "scheduled", "spare", "results")
                .then()
                .statusCode(409)
                .body("code", equalTo("VOLUME_IN_USE"))
                .body("detail", containsString(vm));
        Api.as("alice")
                .get("/volumes/" + id)
                .then()
                .body("state", equalTo("HELD"))
                .body("heldBy.vm", equalTo(vm))
                .body("heldBy.name", equalTo("web"));
        // All or nothing: the free one was not taken with the other
        Api.as("alice").get("/volumes").then().body("items.find { it.name == 'spare' }.state", equalTo("FREE"));
        Api.as("alice").delete("/volumes/" + id).then().statusCode(409).body("code", equalTo("VOLUME_IN_USE"));
    }

    @Test
    void vmThatIsOver_leavesItsVolumeFreeAndWhereItWas() {
        String id = made("alice", "results", 1, "job");
        String vm = vmWith("alice", "scheduled", "results").then().extract().path("id");
        Api.as("alice").delete("/vms/" + vm);

        Api.as("alice").get("/volumes/" + id).then().body("state", equalTo("FREE"));
        vmWith("alice", "scheduled", "results").then().statusCode(202);
    }

    @Test
    void anothersVolume_isAsAbsentAsNone() {
        made("alice", "results", 1, "job");

        vmWith("bob", "scheduled", "results")
                .then()
                .statusCode(422)
                .body("code", equalTo("UNKNOWN_VOLUME"))
                .body("field", equalTo("storage.volumes[0]"));
    }

    @Test
    void volumeOfTheOtherPlace_isOutOfReach() {
        made("alice", "pooled", 1, "pool");

        vmWith("alice", "scheduled", "pooled").then().statusCode(422).body("code", equalTo("VOLUME_OUT_OF_REACH"));
        vmWith("alice", "static", "pooled").then().statusCode(202);
    }

    @Test
    void deletedVolume_isGoneAndItsNameIsFree() {
        String id = made("alice", "results", 1, "job");
        Api.as("alice").delete("/volumes/" + id).then().statusCode(204);

        Api.as("alice").get("/volumes/" + id).then().statusCode(404);
        Api.as("alice").get("/volumes").then().body("items.id", not(hasItem(id)));
        made("alice", "results", 1, "job");
    }
}
