package io.anemone.orchestrator.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anemone.orchestrator.testing.Api;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
class EventResourceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource("/api/v1/events")
    URI address = URI.create("http://localhost");

    private record Message(long id, String event, JsonNode data) {}

    /** Reads a stream on a thread of its own. */
    private static final class Listener implements AutoCloseable {
        private final HttpClient client = HttpClient.newHttpClient();
        private final List<Message> messages = new CopyOnWriteArrayList<>();
        private final Thread thread;
        private volatile boolean over;

        Listener(URI address, String token) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("Authorization", "Bearer " + token)
                    .build();
            HttpResponse<Stream<String>> answer = client.send(request, HttpResponse.BodyHandlers.ofLines());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            thread = Thread.ofVirtual().start(() -> read(answer.body()));
            await().atMost(PATIENCE).until(() -> !messages.isEmpty());
        }

        private void read(Stream<String> lines) {
            Map<String, String> fields = new HashMap<>();
            try {
                lines.forEach(line -> {
                    if (line.isEmpty() && fields.containsKey("event")) {
                        messages.add(message(fields));
                        fields.clear();
                    } else if (line.contains(":")) {
                        fields.put(
                                line.substring(0, line.indexOf(':')),
                                line.substring(line.indexOf(':') + 1).strip());
                    }
                });
            } catch (UncheckedIOException e) {
                // Closed by one of the two sides: over either way
                over = true;
            }
            over = true;
        }

        private static Message message(Map<String, String> fields) {
            try {
                return new Message(
                        Long.parseLong(fields.getOrDefault("id", "-1")),
                        fields.getOrDefault("event", ""),
                        new ObjectMapper().readTree(fields.getOrDefault("data", "null")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<Message> of(String event) {
            return messages.stream()
                    .filter(message -> message.event().equals(event))
                    .toList();
        }

        boolean toldOf(String vm) {
            return of("vm").stream()
                    .anyMatch(message -> vm.equals(message.data().path("id").asText()));
        }

        @Override
        public void close() {
            client.shutdownNow();
            thread.interrupt();
        }
    }

    @Test
    void stream_beginsWithAPingAndTellsWhatTheCallerMaySee() throws Exception {
        try (Listener alice = new Listener(address, Api.token("alice"));
                Listener bob = new Listener(address, Api.token("bob"));
                Listener olga = new Listener(address, Api.token("olga"))) {
            // Given
            assertThat(alice.messages.getFirst().event()).isEqualTo("ping");

            // When
            String alices = Api.createVm("alice", "live");
            String bobs = Api.createVm("bob", "live");

            // Then
            await().atMost(PATIENCE).until(() -> alice.toldOf(alices) && bob.toldOf(bobs));
            await().atMost(PATIENCE).until(() -> olga.toldOf(alices) && olga.toldOf(bobs));
            assertThat(alice.toldOf(bobs)).isFalse();
            assertThat(bob.toldOf(alices)).isFalse();
            JsonNode vm = alice.of("vm").getLast().data();
            assertThat(vm.path("owner").asText()).isEqualTo("alice");
            assertThat(vm.path("path").asText()).isEqualTo("scheduled");
            assertThat(vm.path("createdAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
            assertThat(olga.messages).extracting(Message::id).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void pings_comeAgainAndAgain() throws Exception {
        try (Listener alice = new Listener(address, Api.token("alice"))) {
            await().atMost(PATIENCE).until(() -> alice.of("ping").size() >= 3);
        }
    }

    @Test
    void logInThatEnds_endsItsStream() throws Exception {
        // Given
        String token = Api.newToken("bob");
        try (Listener bob = new Listener(address, token)) {
            // When
            Api.anonymous()
                    .header("Authorization", "Bearer " + token)
                    .post("/logout")
                    .then()
                    .statusCode(204);

            // Then
            await().atMost(PATIENCE).until(() -> bob.over);
        }
    }
}
