package io.anemone.agent.save;

import io.anemone.agent.cache.HttpSource;
import io.anemone.agent.link.WireJson;
import io.anemone.core.wire.SaveReport;
import io.anemone.core.wire.WireTypes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Over HTTP, as the agent that speaks for its lease. The orchestrator that answered last is asked first. */
public final class HttpSaves implements SaveUploads {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int NO_ROOM = 507;

    private final List<URI> orchestrators;
    private final HttpSource.Credentials credentials;
    private final WireJson json;
    private final AtomicInteger first = new AtomicInteger();

    public HttpSaves(List<URI> orchestrators, HttpSource.Credentials credentials, WireJson json) {
        this.orchestrators = List.copyOf(orchestrators);
        this.credentials = credentials;
        this.json = json;
    }

    @Override
    public long tell(UUID save, SaveReport report) throws IOException {
        byte[] body = json.writeValue(report).getBytes(StandardCharsets.UTF_8);
        return any(orchestrator -> ask(orchestrator, save, "POST", -1, ByteBuffer.wrap(body)));
    }

    @Override
    public long send(UUID save, long offset, ByteBuffer piece) throws IOException {
        return any(orchestrator -> ask(orchestrator, save, "PUT", offset, piece.duplicate()));
    }

    private interface Question {
        long to(URI orchestrator) throws IOException;
    }

    /** All of them have one database: what one of them says of it holds. */
    private long any(Question question) throws IOException {
        IOException trouble = new IOException("there is no orchestrator to ask");
        int start = first.get();
        for (int i = 0; i < orchestrators.size(); i++) {
            int which = (start + i) % orchestrators.size();
            try {
                long answer = question.to(orchestrators.get(which));
                first.set(which);
                return answer;
            } catch (GoneException e) {
                throw e;
            } catch (IOException e) {
                trouble = e;
            }
        }
        throw trouble;
    }

    private long ask(URI orchestrator, UUID save, String method, long offset, ByteBuffer body) throws IOException {
        HttpSource.Credential credential = credentials.current();
        String base = orchestrator.toString();
        URI address = URI.create(
                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + WireTypes.SAVES_PATH + "/" + save);
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) ANSWER.toMillis());
        // The secret goes to the orchestrator alone.
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod(method);
        connection.setRequestProperty("Authorization", "Bearer " + credential.secret());
        connection.setRequestProperty(WireTypes.LEASE_HEADER, credential.lease());
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
            return answer(connection);
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
            case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE ->
                throw new GoneException("nobody waits for it");
            case NO_ROOM -> throw new IOException("the site has no room for images at the moment");
            default -> throw new IOException("the orchestrator answers " + status);
        }
    }
}
