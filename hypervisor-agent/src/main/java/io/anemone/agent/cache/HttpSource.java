package io.anemone.agent.cache;

import io.anemone.agent.link.Orchestrators;
import io.anemone.core.wire.WireTypes;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The orchestrators, each of which has every image. */
public final class HttpSource implements ImageSource {

    /** Between two pieces, not for all of it. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final Orchestrators orchestrators;

    public HttpSource(Orchestrators orchestrators) {
        this.orchestrators = orchestrators;
    }

    @Override
    public InputStream open(Blob blob, long offset) throws IOException {
        return orchestrators
                .ask(orchestrator -> open(orchestrator, blob, offset))
                .orElseThrow(() -> new GoneException("no orchestrator has it"));
    }

    private Optional<InputStream> open(URI orchestrator, Blob blob, long offset) throws IOException {
        HttpURLConnection connection =
                orchestrators.request(orchestrator, WireTypes.IMAGES_PATH + "/" + blob.sha256(), SILENCE);
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (offset > 0) {
            connection.setRequestProperty("Range", "bytes=" + offset + "-");
        }
        return body(connection, offset);
    }

    private static Optional<InputStream> body(HttpURLConnection connection, long offset) throws IOException {
        int status = connection.getResponseCode();
        switch (status) {
            case HttpURLConnection.HTTP_OK -> {
                InputStream all = connection.getInputStream();
                all.skipNBytes(offset);
                return Optional.of(all);
            }
            case HttpURLConnection.HTTP_PARTIAL -> {
                String range = String.valueOf(connection.getHeaderField("Content-Range"));
                if (!range.toLowerCase(Locale.ROOT).startsWith("bytes " + offset + "-")) {
                    connection.disconnect();
                    throw new IOException("it answered with another range");
                }
                return Optional.of(connection.getInputStream());
            }
            case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE -> {
                connection.disconnect();
                return Optional.empty();
            }
            default -> {
                connection.disconnect();
                throw new IOException("the orchestrator answers " + status);
            }
        }
    }

    @Override
    public String name() {
        return "the orchestrator";
    }
}
