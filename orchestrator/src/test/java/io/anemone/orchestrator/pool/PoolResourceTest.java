package io.anemone.orchestrator.pool;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
class PoolResourceTest {

    private static Response put(String account, String name, String body) {
        return Api.as(account).contentType(ContentType.JSON).body(body).put("/pools/" + name);
    }

    @Test
    void freshSite_hasOnePoolThatHoldsNothing() {
        Api.as("alice")
                .get("/pools")
                .then()
                .statusCode(200)
                .body("items.find { it.name == 'default' }.leases", equalTo(0))
                .body("items.find { it.name == 'default' }.active", equalTo(0))
                .body("items.find { it.name == 'default' }.freeCores", equalTo(0));
    }

    @Test
    void operator_makesAndChangesAPool() {
        put("olga", "night", "{\"leases\":0,\"partition\":\"short\",\"walltime\":\"PT1H\",\"renewBefore\":\"PT10M\"}")
                .then()
                .statusCode(200)
                .body("name", equalTo("night"))
                .body("partition", equalTo("short"))
                .body("walltime", equalTo("PT1H"))
                .body("renewBefore", equalTo("PT10M"));
        // What is left out stays
        put("olga", "night", "{\"leases\":0,\"renewBefore\":\"PT5M\"}")
                .then()
                .statusCode(200)
                .body("partition", equalTo("short"))
                .body("walltime", equalTo("PT1H"))
                .body("renewBefore", equalTo("PT5M"));
        Api.as("alice").get("/pools").then().body("items.name", hasItem("night"));
        Api.as("alice")
                .contentType(ContentType.JSON)
                .body(
                        "{\"name\":\"a\",\"image\":\"micro\",\"flavor\":\"micro\",\"path\":\"static\",\"pool\":\"night\"}")
                .post("/vms")
                .then()
                .statusCode(202)
                .body("pool", equalTo("night"));
    }

    @Test
    void newPoolWithoutMore_fitsItsPartition() {
        put("olga", "plain", "{\"leases\":0}")
                .then()
                .statusCode(200)
                .body("partition", nullValue())
                .body("walltime", equalTo("PT24H"))
                .body("renewBefore", equalTo("PT1H"));
        // The partition allows one hour, and nobody asked for more
        put("olga", "cut", "{\"leases\":0,\"partition\":\"short\"}")
                .then()
                .statusCode(200)
                .body("walltime", equalTo("PT1H"))
                .body("renewBefore", equalTo("PT15M"));
    }

    @Test
    void user_changesNoPool() {
        put("alice", "mine", "{\"leases\":1}").then().statusCode(403).body("code", equalTo("FORBIDDEN"));

        Api.as("alice").get("/pools").then().body("items.name", not(hasItem("mine")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bad|{}|400|leases",
                "bad|{\"leases\":-1}|400|leases",
                "bad|{\"leases\":1.5}|400|leases",
                "bad|{\"leases\":10001}|400|leases",
                "bad|{\"leases\":0,\"partition\":\"none\"}|422|partition",
                "bad|{\"leases\":0,\"partition\":\"$(id)\"}|400|partition",
                "bad|{\"leases\":0,\"walltime\":\"P3D\"}|422|walltime",
                "bad|{\"leases\":0,\"walltime\":\"1h\"}|400|walltime",
                "bad|{\"leases\":0,\"walltime\":\"PT1H\",\"renewBefore\":\"PT1H\"}|400|renewBefore",
                "b;d|{\"leases\":0}|400|name"
            })
    void badPool_refusedByField(String name, String body, int status, String field) {
        put("olga", name, body).then().statusCode(status).body("field", equalTo(field));
        Api.as("olga").get("/pools").then().body("items.name", not(hasItem(name)));
    }
}
