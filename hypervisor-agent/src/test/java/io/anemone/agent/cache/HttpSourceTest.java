package io.anemone.agent.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import io.anemone.agent.TestOrchestrator;
import io.anemone.agent.link.Orchestrators;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // before each test
class HttpSourceTest {

    private static final TestSource CONTENT = new TestSource(1, 100_000);

    private TestOrchestrator server;
    private final List<String> asked = new ArrayList<>();
    private int status = 200;
    private boolean ranges = true;

    @BeforeEach
    void start() throws IOException {
        server = new TestOrchestrator("/agent/v1/images/", this::answer);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String range = exchange.getRequestHeaders().getFirst("Range");
            asked.add(exchange.getRequestURI().getPath() + " " + range + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("Anemone-Lease"));
            byte[] all = CONTENT.content();
            int from = range == null || !ranges ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
            if (status == 302) {
                exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
            }
            if (status != 200) {
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            if (from > 0) {
                exchange.getResponseHeaders()
                        .add("Content-Range", "bytes " + from + "-" + (all.length - 1) + "/" + all.length);
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, all.length - from);
            exchange.getResponseBody().write(all, from, all.length - from);
        }
    }

    private HttpSource source(URI... urls) {
        return new HttpSource(TestOrchestrator.all(urls));
    }

    @Test
    void wholeContent_isAskedForWithTheAgentsSecret() throws IOException {
        try (InputStream in = source(server.url()).open(CONTENT.blob(), 0)) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT.content());
        }

        assertThat(asked)
                .containsExactly("/agent/v1/images/" + CONTENT.blob().sha256() + " null Bearer the-secret the-lease");
    }

    @Test
    void restOfIt_isAskedForAsARange_andFoundAlsoWhereThereAreNone() throws IOException {
        byte[] rest = Arrays.copyOfRange(CONTENT.content(), 60_000, 100_000);
        try (InputStream in = source(server.url()).open(CONTENT.blob(), 60_000)) {
            assertThat(in.readAllBytes()).isEqualTo(rest);
        }
        ranges = false;
        try (InputStream in = source(server.url()).open(CONTENT.blob(), 60_000)) {
            assertThat(in.readAllBytes()).isEqualTo(rest);
        }
        assertThat(asked).allSatisfy(request -> assertThat(request).contains("bytes=60000-"));
    }

    @Test
    void orchestratorThatIsAway_isPassedOver() throws IOException {
        try (InputStream in =
                source(URI.create("http://127.0.0.1:1"), server.url()).open(CONTENT.blob(), 0)) {
            assertThat(in.readAllBytes()).hasSize(100_000);
        }
    }

    @Test
    void contentThatNoneHas_isGone_butNotWhileOneIsAway() {
        status = 404;

        assertThatExceptionOfType(ImageSource.GoneException.class)
                .isThrownBy(() -> source(server.url()).open(CONTENT.blob(), 0));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() ->
                        source(server.url(), URI.create("http://127.0.0.1:1")).open(CONTENT.blob(), 0))
                .isNotInstanceOf(ImageSource.GoneException.class);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() ->
                        source(URI.create("http://127.0.0.1:1"), server.url()).open(CONTENT.blob(), 0))
                .isNotInstanceOf(ImageSource.GoneException.class);
    }

    @Test
    void otherAnswers_areTriedAgainLater_andTheSecretIsSentNowhereElse() {
        for (int each : List.of(401, 302, 416, 503)) {
            status = each;
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> source(server.url()).open(CONTENT.blob(), 0))
                    .withMessageContaining(Integer.toString(each))
                    .isNotInstanceOf(ImageSource.GoneException.class);
        }
        assertThat(new Orchestrators.Credential("l", "the-secret").toString()).doesNotContain("the-secret");
    }
}
