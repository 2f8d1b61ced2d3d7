package io.anemone.orchestrator.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.anemone.orchestrator.testing.Api;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
class VmResourceTest {

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMbqOwweAaSDS6qoj3q9oVa1FqR3V6cK+XYoNJWLhlbL test ed25519";
    private static final String FINGERPRINT = "SHA256:azarKAKWVoaF79NvkldtkE78IN5uagswFU6UPxTEihM";

    private static Map<String, Object> request(String name) {
        return new HashMap<>(Map.of("name", name, "image", "micro", "flavor", "micro", "path", "scheduled"));
    }

    /** Waits for room on a pool that holds nothing: nobody moves it meanwhile. */
    private static Map<String, Object> staticRequest(String name) {
        return new HashMap<>(Map.of("name", name, "image", "micro", "flavor", "micro", "path", "static"));
    }

    private static Response post(String account, Object body) {
        return Api.as(account).contentType(ContentType.JSON).body(body).post("/vms");
    }

    private static Response post(String account, Object body, String key) {
        return Api.as(account)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/vms");
    }

    private static ValidatableResponse refused(Response answer, int status, String code, @Nullable String field) {
        return answer.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("code", equalTo(code))
                .body("field", field == null ? nullValue() : equalTo(field))
                .body("detail", not(emptyString()))
                .body("title", not(emptyString()))
                .body("type", containsString("urn:anemone:problem:"));
    }

    private static int vmsOf(String account) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            Response page = Api.as(account)
                    .queryParams(cursor == null ? Map.of("limit", "200") : Map.of("limit", "200", "cursor", cursor))
                    .get("/vms");
            ids.addAll(page.path("items.id"));
            cursor = page.path("nextCursor");
        } while (cursor != null);
        assertThat(ids).doesNotHaveDuplicates();
        return ids.size();
    }

    @Test
    void wholeRequest_isTakenInAndToldBackWithoutItsSecrets() {
        // Given
        Map<String, Object> body = request("whole");
        body.put("walltime", "PT90M");
        body.put("project", "climate");
        body.put("partition", "compute");
        body.put("sshKeys", List.of(KEY));
        body.put("userData", "#cloud-config\npassword: top-secret\n");
        body.put("labels", Map.of("experiment", "reef 7"));

        // When
        Response answer = post("alice", body);

        // Then
        String id = answer.path("id");
        answer.then()
                .statusCode(202)
                .header("Location", containsString("/api/v1/vms/" + id))
                .body("name", equalTo("whole"))
                .body("owner", equalTo("alice"))
                .body("project", equalTo("climate"))
                .body("path", equalTo("scheduled"))
                .body("image", equalTo("micro@1"))
                .body("vcpus", equalTo(1))
                .body("memoryMiB", equalTo(256))
                .body("walltime", equalTo("PT1H30M"))
                .body("partition", equalTo("compute"))
                .body("pool", nullValue())
                .body("sshKeys[0].type", equalTo("ssh-ed25519"))
                .body("sshKeys[0].fingerprint", equalTo(FINGERPRINT))
                .body("sshKeys[0].comment", equalTo("test ed25519"))
                .body("labels.experiment", equalTo("reef 7"))
                .body("goal", equalTo("RUN"))
                .body("attempt", equalTo(1))
                .body("ssh", nullValue())
                .body("endedAt", nullValue());
        assertThat(answer.asString()).doesNotContain("top-secret").doesNotContain("AAAAC3Nza");
        assertThat(answer.<Map<String, Object>>path("$"))
                .containsKeys("project", "reason", "message", "lease", "readyAt");
        Api.as("alice").get("/vms/" + id).then().statusCode(200).body("id", equalTo(id));
    }

    @Test
    void unchangedVm_isNotSentAgain() {
        String id = post("alice", staticRequest("tagged")).path("id");
        String tag = Api.as("alice").get("/vms/" + id).header("ETag");

        assertThat(tag).isNotBlank();
        Api.as("alice")
                .header("If-None-Match", "\"other\"")
                .get("/vms/" + id)
                .then()
                .statusCode(200);
        Api.as("alice").header("If-None-Match", tag).get("/vms/" + id).then().statusCode(304);
        // A change makes another tag
        Api.as("alice").delete("/vms/" + id).then().statusCode(202);
        Api.as("alice").header("If-None-Match", tag).get("/vms/" + id).then().statusCode(200);
    }

    @Test
    void anothersVm_isAsAbsentAsOneThatNeverWas() {
        // Given
        String id = Api.createVm("alice", "private");

        // When / Then
        for (String path : List.of("/vms/" + id, "/vms/" + id + "/events", "/vms/" + id + "/console-log")) {
            refused(Api.as("bob").get(path), 404, "NOT_FOUND", null);
            Api.as("olga").get(path).then().statusCode(200);
        }
        refused(Api.as("bob").delete("/vms/" + id), 404, "NOT_FOUND", null);
        Api.as("alice").get("/vms/" + id).then().body("goal", equalTo("RUN"));
        refused(Api.as("bob").get("/vms/" + UUID.randomUUID()), 404, "NOT_FOUND", null);
        refused(Api.as("bob").get("/vms/1"), 404, "NOT_FOUND", null);
    }

    @Test
    void list_showsUsersTheirOwnAndOperatorsAll() {
        // Given
        String alices = Api.createVm("alice", "hers");
        String bobs = Api.createVm("bob", "his");

        // When / Then
        Api.as("alice")
                .get("/vms")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(alices))
                .body("items.owner", everyItem(equalTo("alice")));
        Api.as("alice").queryParam("owner", "bob").get("/vms").then().body("items", hasSize(0));
        Api.as("olga").get("/vms").then().body("items.id", hasItem(alices)).body("items.id", hasItem(bobs));
        Api.as("olga")
                .queryParam("owner", "bob")
                .get("/vms")
                .then()
                .body("items.id", hasItem(bobs))
                .body("items.owner", everyItem(equalTo("bob")));
    }

    @Test
    void list_runsFromTheNewestPageByPage() {
        // Given
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.addFirst(Api.createVm("bob", "page-" + i));
        }

        // When
        List<String> listed = new ArrayList<>();
        String cursor = null;
        while (listed.size() < 5) {
            Response page = Api.as("bob")
                    .queryParams(cursor == null ? Map.of("limit", "2") : Map.of("limit", "2", "cursor", cursor))
                    .get("/vms");
            listed.addAll(page.path("items.id"));
            cursor = page.path("nextCursor");
            // Newer ones do not shift the pages
            Api.createVm("bob", "later");
        }

        // Then
        assertThat(listed.subList(0, 5)).isEqualTo(made);
    }

    @Test
    void filters_narrowTheList() {
        String waiting = post("alice", staticRequest("filtered")).path("id");

        Api.as("alice")
                .queryParams(Map.of("path", "static", "phase", "PENDING", "active", "true"))
                .get("/vms")
                .then()
                .body("items.id", hasItem(waiting))
                .body("items.path", everyItem(equalTo("static")));
        Api.as("alice").delete("/vms/" + waiting).then().statusCode(202);
        Api.as("alice").queryParam("active", "true").get("/vms").then().body("items.id", not(hasItem(waiting)));
        Api.as("alice").queryParam("phase", "STOPPED").get("/vms").then().body("items.id", hasItem(waiting));
    }

    @ParameterizedTest
    @CsvSource({
        "limit,0",
        "limit,201",
        "limit,x",
        "limit,1.5",
        "limit,-1",
        "limit,99999999999",
        "phase,ready",
        "phase,<x>",
        "path,STATIC",
        "active,yes",
        "cursor,x",
        "cursor,AAAA",
        "cursor,MjAyNi0wMS0wMVQwMDowMDowMFogeA"
    })
    void badParameter_refusedByName(String name, String value) {
        refused(Api.as("alice").queryParam(name, value).get("/vms"), 400, "INVALID_FIELD", name);
    }

    @Test
    void delete_endsAVmOnceAndIsHarmlessAgain() {
        // Given
        String id = post("alice", staticRequest("doomed")).path("id");

        // When
        Api.as("alice").delete("/vms/" + id).then().statusCode(202).body("goal", equalTo("TERMINATE"));

        // Then
        Api.as("alice")
                .delete("/vms/" + id)
                .then()
                .statusCode(200)
                .body("phase", equalTo("STOPPED"))
                .body("reason", equalTo("USER"))
                .body("message", equalTo("Its owner ended it."));
        Api.as("alice")
                .get("/vms/" + id + "/events")
                .then()
                .body("items[0].kind", equalTo("vm"))
                .body("items[0].to", equalTo("PENDING"))
                .body("items[0].actor", equalTo("alice"))
                .body("items[-1].to", equalTo("STOPPED"))
                .body("items[-1].actor", equalTo("alice"));
    }

    @Test
    void repeatWithTheSameKey_givesTheSameVm() {
        // Given
        String key = UUID.randomUUID().toString();
        String id = post("alice", request("once"), key).path("id");
        int before = vmsOf("alice");

        // When: other spacing and order are the same request
        Response again = post(
                "alice", " {\"path\":\"scheduled\", \"flavor\":\"micro\",\"image\":\"micro\",\"name\":\"once\"}", key);

        // Then
        again.then().statusCode(202).body("id", equalTo(id)).header("Location", containsString(id));
        refused(post("alice", request("twice"), key), 409, "IDEMPOTENCY_CONFLICT", null);
        assertThat(vmsOf("alice")).isEqualTo(before);
        // The key is the caller's own
        post("bob", request("other"), key).then().statusCode(202).body("id", not(equalTo(id)));
    }

    @Test
    void badKey_refused() {
        refused(post("alice", request("k"), "a\tb"), 400, "INVALID_FIELD", "Idempotency-Key");
        refused(post("alice", request("k"), "k".repeat(256)), 400, "INVALID_FIELD", "Idempotency-Key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image|\"none\"|422|UNKNOWN_IMAGE",
                "flavor|\"none\"|422|UNKNOWN_FLAVOR",
                "path|\"none\"|400|INVALID_FIELD",
                "path|\"direct\"|422|PATH_NOT_REQUESTABLE",
                "partition|\"none\"|422|UNKNOWN_PARTITION",
                "walltime|\"P3D\"|422|WALLTIME_TOO_LONG",
                "walltime|\"-PT1H\"|400|INVALID_FIELD",
                "name|\"<script>\"|400|INVALID_FIELD",
                "name|\"a\\nb\"|400|INVALID_FIELD",
                "name|\"a\\u0000b\"|400|INVALID_FIELD",
                "vcpus|0|400|INVALID_FIELD",
                "vcpus|-1|400|INVALID_FIELD",
                "vcpus|1.5|400|INVALID_FIELD",
                "vcpus|1e99|400|INVALID_FIELD",
                "vcpus|\"2\"|400|INVALID_FIELD",
                "vcpus|99999999999|400|INVALID_FIELD",
                "vcpus|5|422|SIZE_TOO_LARGE",
                "memoryMiB|5000|422|SIZE_TOO_LARGE",
                "memoryMiB|100|422|SIZE_TOO_SMALL",
                "memoryMiB|0|400|INVALID_FIELD",
                "sshKeys|[\"nonsense\"]|400|INVALID_FIELD",
                "labels|{\"a\":\"$(id)\"}|400|INVALID_FIELD",
                "userData|\"a\\u0000\"|400|INVALID_FIELD",
                "userData|\"#cloud-config\\nrun_cmd: []\"|400|INVALID_FIELD",
                "readiness|{\"kind\":\"magic\"}|400|INVALID_FIELD",
                "colour|1|400|MALFORMED_REQUEST"
            })
    void badInput_refusedByFieldAndCreatesNothing(String field, String value, int status, String code) {
        // Given
        Map<String, String> fields = new HashMap<>(
                Map.of("name", "\"bad\"", "image", "\"micro\"", "path", "\"scheduled\"", "flavor", "\"micro\""));
        if (Set.of("vcpus", "memoryMiB").contains(field)) {
            fields.remove("flavor");
            fields.put("vcpus", "1");
            fields.put("memoryMiB", "256");
        }
        fields.put(field, value);
        List<String> members = fields.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .toList();
        int before = vmsOf("bob");

        // When
        Response answer = post("bob", "{" + String.join(",", members) + "}");

        // Then
        String told = answer.path("field");
        assertThat(told).startsWith(field);
        refused(answer, status, code, told);
        assertThat(vmsOf("bob")).isEqualTo(before);
    }

    @Test
    void unknownPool_refused() {
        Map<String, Object> body = staticRequest("lost");
        body.put("pool", "atlantis");

        refused(post("bob", body), 422, "UNKNOWN_POOL", "pool");
    }

    @Test
    void bodyOverTheLimit_refusedWithAProblem() {
        Map<String, Object> body = request("fat");
        body.put("userData", "x".repeat(300 * 1024));
        refused(post("alice", body), 413, "REQUEST_TOO_LARGE", null);
        body.put("userData", "x".repeat(2 << 20));
        refused(post("alice", body), 413, "REQUEST_TOO_LARGE", null);
        body.put("userData", "x".repeat(70 * 1024));
        refused(post("alice", body), 400, "INVALID_FIELD", "userData");
    }

    @Test
    void whatIsNotJson_refused() {
        refused(
                Api.as("alice").contentType("text/plain").body("name: a").post("/vms"),
                415,
                "UNSUPPORTED_MEDIA_TYPE",
                null);
        refused(post("alice", "{\"name\":"), 400, "MALFORMED_REQUEST", null);
        refused(Api.as("alice").contentType(ContentType.JSON).post("/vms"), 400, "MALFORMED_REQUEST", null);
    }

    @Test
    void wrongAddressOrMethod_isAProblemToo() {
        refused(Api.as("alice").get("/nothing"), 404, "NOT_FOUND", null);
        refused(Api.as("alice").contentType(ContentType.JSON).body("{}").put("/vms"), 405, "METHOD_NOT_ALLOWED", null);
        refused(Api.as("alice").accept("image/png").get("/vms"), 406, "NOT_ACCEPTABLE", null);
    }

    @Test
    void consoleLogOfAVmThatHasNotBegun_isEmptyText() {
        String id = post("alice", staticRequest("quiet")).path("id");

        Response answer = Api.as("alice").get("/vms/" + id + "/console-log");

        answer.then().statusCode(200);
        assertThat(answer.contentType()).isEqualToIgnoringCase("text/plain;charset=utf-8");
        assertThat(answer.asString()).isEmpty();
    }

    @Test
    void statistics_areOfOnesOwnVmsAlone() {
        // Given
        String id = post("alice", request("measured")).path("id");

        // When, Then
        Api.as("alice").get("/vms/" + id + "/stats").then().statusCode(200).body("items", hasSize(0));
        Api.as("bob").get("/vms/" + id + "/stats").then().statusCode(404);
        Api.as("alice").get("/vms/nonsense/stats").then().statusCode(404);
    }

    @Test
    void readiness_isToldAsAskedForOrAsTheImageSays() {
        // Given
        Map<String, Object> body = request("probed");
        body.put("readiness", Map.of("kind", "console", "pattern", "login: ", "timeout", "PT2M", "onTimeout", "fail"));

        // When, Then
        post("alice", body)
                .then()
                .statusCode(202)
                .body("readiness.kind", equalTo("CONSOLE"))
                .body("readiness.pattern", equalTo("login: "))
                .body("readiness.timeoutSeconds", equalTo(120))
                .body("readiness.onTimeout", equalTo("FAIL"))
                .body("readiness.late", equalTo(false));
        post("alice", request("plain")).then().body("readiness.kind", equalTo("SSH"));
    }
}
