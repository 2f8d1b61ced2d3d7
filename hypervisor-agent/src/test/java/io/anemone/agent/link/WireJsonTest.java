package io.anemone.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anemone.agent.Guests;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.AgentMode;
import io.anemone.core.wire.Join;
import io.anemone.core.wire.OrchestratorMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireJsonTest {

    private final WireJson wire = new WireJson();
    private final ObjectMapper json = new ObjectMapper();

    private JsonNode hello(Join join) throws IOException {
        return json.readTree(
                wire.write(new AgentMessage.Hello(1, join, "77", "n1", AgentMode.SESSION, null, List.of())));
    }

    @Test
    void hello_namesItselfAndItsJoin() throws IOException {
        // When
        JsonNode token = hello(new Join.WithToken(Guests.LEASE, "t"));
        JsonNode again = hello(new Join.Again(Guests.LEASE, "s"));
        JsonNode direct = hello(new Join.Direct(
                "MUNGE:x", new Join.VmRequest("web-1", "micro", "small", null, null, null, null, null, null, null)));

        // Then
        assertThat(token.path("type").asText()).isEqualTo("hello");
        assertThat(token.at("/body/join/type").asText()).isEqualTo("token");
        assertThat(token.at("/body/join/body/lease").asText()).isEqualTo(Guests.LEASE.toString());
        assertThat(again.at("/body/join/type").asText()).isEqualTo("again");
        assertThat(direct.at("/body/join/type").asText()).isEqualTo("direct");
        assertThat(direct.at("/body/join/body/request/name").asText()).isEqualTo("web-1");
    }

    @Test
    void desired_isReadWithIdsDurationsAndUnknownFields() throws IOException {
        // Given
        String text = """
                {"type":"desired","body":{"lease":"11111111-2222-3333-4444-555555555555","epoch":3,
                 "endsAt":"2026-03-01T12:00:00Z","release":false,"newField":{"x":1},
                 "run":[{"vm":"00000000-0000-4000-8000-000000000001","attempt":2,"name":"web-1","owner":"o",
                   "image":{"name":"micro","description":"d","kernel":"k","defaultUser":"root",
                     "readiness":{"kind":"SSH","timeout":"PT1M"},"minMemoryMiB":64},
                   "size":{"vcpus":1,"memoryMiB":128},"sshKeys":[]}],
                 "stop":[{"vm":"00000000-0000-4000-8000-000000000002","attempt":1,"reason":"USER","graceSeconds":5}]}}
                """;

        // When
        OrchestratorMessage message = wire.read(text);

        // Then
        assertThat(message).isInstanceOfSatisfying(OrchestratorMessage.Desired.class, desired -> {
            assertThat(desired.endsAt()).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
            assertThat(desired.run().getFirst().image().readiness())
                    .isEqualTo(new ReadinessProbe(ReadinessProbe.Kind.SSH, Duration.ofMinutes(1)));
            assertThat(desired.stop().getFirst().graceSeconds()).isEqualTo(5);
        });
    }

    @Test
    void refused_isRead() throws IOException {
        assertThat(wire.read(
                        "{\"type\":\"refused\",\"body\":{\"code\":\"LEASE_OVER\",\"message\":\"m\",\"retry\":false}}"))
                .isEqualTo(new OrchestratorMessage.Refused(ErrorCode.LEASE_OVER, "m", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{}",
                "{\"type\":\"nonsense\",\"body\":{}}",
                "{\"type\":\"welcome\",\"body\":{\"lease\":\"x\"}}"
            })
    void notAMessage_isAnIoException(String text) {
        assertThatThrownBy(() -> wire.read(text)).isInstanceOf(IOException.class);
    }
}
