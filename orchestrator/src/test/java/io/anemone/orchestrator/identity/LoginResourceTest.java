package io.anemone.orchestrator.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.anemone.orchestrator.testing.Api;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
class LoginResourceTest {

    private static Response login(String name, String password) {
        return Api.anonymous()
                .contentType(ContentType.JSON)
                .body(Map.of("name", name, "password", password))
                .post("/login");
    }

    private static ValidatableResponse unauthenticated(RequestSpecification request) {
        return request.get("/me")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Bearer"))
                .body("code", equalTo("UNAUTHENTICATED"));
    }

    @Test
    void rightPassword_givesATokenAndAStrictCookie() {
        // When
        Response answer = login("olga", "olga-secret");

        // Then
        answer.then()
                .statusCode(200)
                .body("user.name", equalTo("olga"))
                .body("user.role", equalTo("operator"))
                .body("expiresAt", notNullValue());
        assertThat(answer.path("token").toString()).matches("[A-Za-z0-9_-]{43}");
        assertThat(answer.header("Set-Cookie"))
                .contains("anemone_session=" + answer.path("token"), "HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContain("Secure");
    }

    @Test
    void wrongPasswordAndUnknownAccount_areToldInTheSameWords() {
        String wrong = login("bob", "nope").then().statusCode(401).extract().asString();
        String unknown =
                login("nobody", "nope").then().statusCode(401).extract().asString();

        assertThat(wrong).isEqualTo(unknown).contains("UNAUTHENTICATED").doesNotContain("bob");
    }

    @Test
    void manyFailures_mustWait() {
        for (int i = 0; i < 5; i++) {
            login("guesser", "guess" + i).then().statusCode(401);
        }

        login("guesser", "guess").then().statusCode(429).body("code", equalTo("TOO_MANY_LOGIN_ATTEMPTS"));
        // Others are not held up
        login("alice", "alice-secret").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"name\":\"alice\"}", "{\"name\":1,\"password\":\"x\"}", "[]", "", "x"})
    void requestWithoutNameOrPassword_refused(String body) {
        Api.anonymous()
                .contentType(ContentType.JSON)
                .body(body)
                .post("/login")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void token_opensTheApi() {
        Api.as("alice")
                .get("/me")
                .then()
                .statusCode(200)
                .body("name", equalTo("alice"))
                .body("role", equalTo("user"));
    }

    @Test
    void cookie_opensTheApi() {
        Api.anonymous()
                .cookie("anemone_session", Api.token("alice"))
                .get("/me")
                .then()
                .statusCode(200);
    }

    @Test
    void badCredentials_areRefused() {
        unauthenticated(Api.anonymous());
        unauthenticated(Api.anonymous().header("Authorization", "Bearer nonsense"));
        unauthenticated(Api.anonymous().header("Authorization", "Bearer "));
        unauthenticated(Api.anonymous().header("Authorization", "Bearer " + "x".repeat(4000)));
        unauthenticated(Api.anonymous().header("Authorization", "Basic YWxpY2U6YWxpY2Utc2VjcmV0"));
        unauthenticated(Api.anonymous().cookie("anemone_session", "nonsense"));
        // A bad header is not made good by a cookie
        unauthenticated(
                Api.anonymous().header("Authorization", "Bearer x").cookie("anemone_session", Api.token("alice")));
    }

    @Test
    void logout_endsTheToken() {
        // Given
        String token = Api.newToken("bob");

        // When
        Api.anonymous()
                .header("Authorization", "Bearer " + token)
                .post("/logout")
                .then()
                .statusCode(204)
                .header("Set-Cookie", containsString("Max-Age=0"));

        // Then
        unauthenticated(Api.anonymous().header("Authorization", "Bearer " + token));
    }

    @Test
    void changeByCookie_needsTheHeaderThatOtherSitesCannotSet() {
        String token = Api.newToken("bob");

        Api.anonymous()
                .cookie("anemone_session", token)
                .post("/logout")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("FORBIDDEN"));
        Api.anonymous()
                .cookie("anemone_session", token)
                .header("X-Requested-With", "XMLHttpRequest")
                .post("/logout")
                .then()
                .statusCode(403);
        Api.anonymous()
                .cookie("anemone_session", token)
                .header("X-Requested-With", "anemone")
                .post("/logout")
                .then()
                .statusCode(204);
    }

    @Test
    void everythingButTheLogIn_needsALogIn() {
        // Given
        Map<String, Map<String, Object>> paths = RestAssured.given()
                .queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .path("paths");
        assertThat(paths).hasSizeGreaterThan(15);

        // When / Then
        paths.forEach((path, operations) -> operations.keySet().stream()
                .filter(method -> List.of("get", "post", "put", "delete").contains(method))
                .filter(method -> !path.endsWith("/login"))
                .forEach(method -> assertThat(RestAssured.given()
                                .contentType(ContentType.JSON)
                                .request(method.toUpperCase(Locale.ROOT), path.replaceAll("\\{.*?}", "x"))
                                .statusCode())
                        .as("%s %s", method, path)
                        .isEqualTo(401)));
    }

    @Test
    void everyAnswer_carriesSecurityHeaders() {
        for (String path : List.of("/api/v1/me", "/q/health/live", "/nowhere")) {
            RestAssured.given()
                    .get(path)
                    .then()
                    .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                    .header("Content-Security-Policy", not(containsString("script-src")))
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Referrer-Policy", "no-referrer");
        }
        Api.as("alice").get("/me").then().header("Cache-Control", "no-store");
    }

    @Test
    void metrics_areForOperatorsAndTheMachineItself() {
        RestAssured.given().get("/q/metrics").then().statusCode(200);
        RequestSpecification elsewhere = RestAssured.given().header("X-Forwarded-For", "192.0.2.1");
        elsewhere.get("/q/metrics").then().statusCode(401);
        RestAssured.given()
                .header("X-Forwarded-For", "192.0.2.1")
                .header("Authorization", "Bearer " + Api.token("alice"))
                .get("/q/metrics")
                .then()
                .statusCode(403);
        RestAssured.given()
                .header("X-Forwarded-For", "192.0.2.1")
                .header("Authorization", "Bearer " + Api.token("olga"))
                .get("/q/metrics")
                .then()
                .statusCode(200);
    }

    @Inject
    SessionStore store;

    @Inject
    Clock clock;

    @Test
    void logInThatExpired_isOver() {
        // Given
        SessionToken over = SessionToken.random();
        store.create(
                over,
                new Account("alice", Role.USER, ""),
                clock.instant(),
                clock.instant().minus(Duration.ofSeconds(1)));
        SessionToken good = SessionToken.random();
        store.create(
                good,
                new Account("alice", Role.USER, ""),
                clock.instant(),
                clock.instant().plus(Duration.ofSeconds(60)));

        // When / Then
        Api.anonymous()
                .header("Authorization", "Bearer " + good.text())
                .get("/me")
                .then()
                .statusCode(200);
        unauthenticated(Api.anonymous().header("Authorization", "Bearer " + over.text()));
    }

    @Test
    void logInOfAnAccountThatIsGone_isOver() {
        SessionToken token = SessionToken.random();
        store.create(
                token,
                new Account("carol", Role.OPERATOR, ""),
                clock.instant(),
                clock.instant().plus(Duration.ofHours(1)));

        unauthenticated(Api.anonymous().header("Authorization", "Bearer " + token.text()));
    }
}
