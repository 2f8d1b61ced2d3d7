package io.anemone.agent.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import io.anemone.agent.TestOrchestrator;
import io.anemone.agent.link.WireJson;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.SaveReport;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // before each test
class HttpSavesTest {

    private static final UUID SAVE = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final URI AWAY = URI.create("http://127.0.0.1:1");

    private TestOrchestrator server;
    private final List<String> asked = new ArrayList<>();
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = new TestOrchestrator("/agent/v1/saves/", this::answer);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " "
                            + headers.getFirst("Upload-Offset") + " " + headers.getFirst("Authorization") + " "
                            + headers.getFirst("Anemone-Lease") + " " + body);
            if (status == 200 || status == 409) {
                exchange.getResponseHeaders().add("Upload-Offset", "4711");
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private HttpSaves saves(URI... urls) {
        return new HttpSaves(TestOrchestrator.all(urls), new WireJson());
    }

    private static ByteBuffer piece() {
        return ByteBuffer.wrap("abc".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void piece_isSentWithItsOffsetAndTheAgentsSecret_andTheAnswerSaysWhereToGoOn() throws IOException {
        assertThat(saves(server.url()).send(SAVE, 17, piece())).isEqualTo(4711);

        assertThat(asked).containsExactly("PUT /agent/v1/saves/" + SAVE + " 17 Bearer the-secret the-lease abc");
    }

    @Test
    void pieceThatIsNotNext_isToldWhatIs() throws IOException {
        status = 409;

        assertThat(saves(server.url()).send(SAVE, 17, piece())).isEqualTo(4711);
    }

    @Test
    void report_isTold() throws IOException {
        VmId vm = new VmId(SAVE);
        SaveReport report = new SaveReport(vm, 1, SaveReport.Step.COPYING, 1, 2, true, null, null);

        assertThat(saves(server.url()).tell(SAVE, report)).isEqualTo(4711);

        assertThat(asked).singleElement().asString().startsWith("POST ").contains("COPYING");
    }

    @Test
    void orchestratorThatIsAway_isPassedOver_withTheWholePiece() throws IOException {
        assertThat(saves(AWAY, server.url()).send(SAVE, 0, piece())).isEqualTo(4711);

        assertThat(asked).singleElement().asString().endsWith(" abc");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void saveThatNobodyWaitsFor_isGone_alsoWhileAnOrchestratorIsAway(int answer) {
        status = answer;

        assertThatExceptionOfType(SaveUploads.GoneException.class)
                .isThrownBy(() -> saves(server.url(), AWAY).send(SAVE, 0, piece()));
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 503, 507})
    void otherAnswers_areTriedAgainLater(int answer) {
        status = answer;

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> saves(server.url()).send(SAVE, 0, piece()))
                .isNotInstanceOf(SaveUploads.GoneException.class);
    }
}
