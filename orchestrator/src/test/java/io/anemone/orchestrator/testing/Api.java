package io.anemone.orchestrator.testing;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Calls to the running service as one of the site's accounts. */
public final class Api {

    public static final String BASE = "/api/v1";

    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

    private Api() {}

    public static RequestSpecification as(String account) {
        return given().basePath(BASE).header("Authorization", "Bearer " + token(account));
    }

    public static RequestSpecification anonymous() {
        return given().basePath(BASE);
    }

    public static String token(String account) {
        return TOKENS.computeIfAbsent(account, Api::newToken);
    }

    public static String newToken(String account) {
        return anonymous()
                .contentType(ContentType.JSON)
                .body(Map.of("name", account, "password", account + "-secret"))
                .post("/login")
                .then()
                .statusCode(200)
                .extract()
                .path("token");
    }

    /** Asks for a VM of the path scheduled, and gives its id. */
    public static String createVm(String account, String name) {
        return as(account)
                .contentType(ContentType.JSON)
                .body(Map.of("name", name, "image", "micro", "flavor", "micro", "path", "scheduled"))
                .post("/vms")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }
}
