package io.anemone.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpaFallbackTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static int port;

    @BeforeAll
    static void start() {
        Router router = Router.router(VERTX);
        router.route().handler(SpaFallback::handle);
        router.get("/")
                .handler(context -> context.response()
                        .putHeader("Cache-Control", "public, immutable, max-age=86400")
                        .end("the document"));
        router.route().handler(context -> context.response().end("its own"));
        HttpServer server = VERTX.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        port = server.actualPort();
    }

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/vms", "/vms/6c1f", "/cluster", "/no-such-page", "/quota", "/agents"})
    void pageAskedForByABrowser_isTheDocument(String path) throws Exception {
        HttpResponse<String> answer = get(path, BROWSER);

        assertThat(answer.body()).isEqualTo("the document");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/vms", "/q/health/ready", "/agent/v1", "/assets/index-1.js", "/favicon.svg"})
    void whatIsNoPage_goesItsOwnWay(String path) throws Exception {
        assertThat(get(path, BROWSER).body()).isEqualTo("its own");
    }

    @Test
    void pageAskedForByAProgram_goesItsOwnWay() throws Exception {
        assertThat(get("/vms", "application/json").body()).isEqualTo("its own");
    }

    @Test
    void anotherMethod_goesItsOwnWay() throws Exception {
        HttpRequest request = request("/vms", BROWSER)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .isEqualTo("its own");
    }

    private static HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        return CLIENT.send(request(path, accept).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path, String accept) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", accept);
    }
}
