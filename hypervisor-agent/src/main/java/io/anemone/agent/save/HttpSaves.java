package io.anemone.agent.save;

import io.anemone.agent.link.Orchestrators;
import io.anemone.agent.link.WireJson;
import io.anemone.core.wire.SaveReport;
import io.anemone.core.wire.WireTypes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Over HTTP, as the agent that speaks for its lease. */
public final class HttpSaves implements SaveUploads {

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int NO_ROOM = 507;

    /** In place of an offset. */
    private static final long NOBODY_WAITS = -1;

    private final Orchestrators orchestrators;
    private final WireJson json;

    public HttpSaves(Orchestrators orchestrators, WireJson json) {
        this.orchestrators = orchestrators;
        this.json = json;
    }

    @Override
    public long tell(UUID save, SaveReport report) throws IOException {
        byte[] body = json.writeValue(report).getBytes(StandardCharsets.UTF_8);
        return offset(orchestrator -> ask(orchestrator, save, "POST", -1, ByteBuffer.wrap(body)));
    }

    @Override
    public long send(UUID save, long offset, ByteBuffer piece) throws IOException {
        return offset(orchestrator -> ask(orchestrator, save, "PUT", offset, piece.duplicate()));
    }

    /** All of them have one database: what one of them says of it holds, also that nobody waits. */
    private long offset(Orchestrators.Question<Long> question) throws IOException {
        long offset = orchestrators.ask(question).orElse(NOBODY_WAITS);
        if (offset == NOBODY_WAITS) {
            throw new GoneException("nobody waits for it");
        }
        return offset;
    }

    private Optional<Long> ask(URI orchestrator, UUID save, String method, long offset, ByteBuffer body)
            throws IOException {
        HttpURLConnection connection = orchestrators.request(orchestrator, WireTypes.SAVES_PATH + "/" + save, ANSWER);
        connection.setRequestMethod(method);
        connection.setRequestProperty("Content-Type", "application/octet-stream");
        if (offset >= 0) {
            connection.setRequestProperty(WireTypes.OFFSET_HEADER, Long.toString(offset));
        }
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.remaining());
        try {
            try (OutputStream out = connection.getOutputStream()) {
                Channels.newChannel(out).write(body);
            }
            return Optional.of(answer(connection));
        } finally {
            connection.disconnect();
        }
    }

    private static long answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        switch (status) {
            case HttpURLConnection.HTTP_OK, HttpURLConnection.HTTP_CONFLICT -> {
                long expected = connection.getHeaderFieldLong(WireTypes.OFFSET_HEADER, -1);
                if (expected < 0) {
                    throw new IOException("the orchestrator does not say where to go on");
                }
                return expected;
            }
            case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE -> {
                return NOBODY_WAITS;
            }
            case NO_ROOM -> throw new IOException("the site has no room for images at the moment");
            default -> throw new IOException("the orchestrator answers " + status);
        }
    }
}
