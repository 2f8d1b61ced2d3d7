package io.anemone.agent.cache;

import io.anemone.core.wire.WireTypes;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** The orchestrators, each of which has every image. The one that answered last is asked first. */
public final class HttpSource implements ImageSource {

    /** The lease that the agent speaks for, and what it proves that with; they are had when they are needed. */
    public interface Credentials {

        /** @throws IOException while there are none: the agent has not joined yet */
        Credential current() throws IOException;
    }

    /** Holds a secret: never logged. */
    public record Credential(String lease, String secret) {
        @Override
        public String toString() {
            return "Credential[lease=" + lease + "]";
        }
    }

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** Between two pieces, not for all of it. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final List<URI> orchestrators;
    private final Credentials credentials;
    private final AtomicInteger first = new AtomicInteger();

    public HttpSource(List<URI> orchestrators, Credentials credentials) {
        this.orchestrators = List.copyOf(orchestrators);
        this.credentials = credentials;
    }

    @Override
    public InputStream open(Blob blob, long offset) throws IOException {
        IOException trouble = new GoneException("no orchestrator has it");
        int start = first.get();
        for (int i = 0; i < orchestrators.size(); i++) {
            int which = (start + i) % orchestrators.size();
            try {
                InputStream in = open(orchestrators.get(which), blob, offset);
                first.set(which);
                return in;
            } catch (GoneException e) {
                // Perhaps another has it; only if all say so it is gone.
                first.set(which);
            } catch (IOException e) {
                trouble = e;
            }
        }
        throw trouble;
    }

    private InputStream open(URI orchestrator, Blob blob, long offset) throws IOException {
        Credential credential = credentials.current();
        URI address = URI.create(withoutSlash(orchestrator.toString()) + WireTypes.IMAGES_PATH + "/" + blob.sha256());
        // Unlike java.net.http it limits how long each read may take.
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) SILENCE.toMillis());
        // The secret goes to the orchestrator alone.
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Authorization", "Bearer " + credential.secret());
        connection.setRequestProperty(WireTypes.LEASE_HEADER, credential.lease());
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (offset > 0) {
            connection.setRequestProperty("Range", "bytes=" + offset + "-");
        }
        return body(connection, offset);
    }

    private static InputStream body(HttpURLConnection connection, long offset) throws IOException {
        int status = connection.getResponseCode();
        switch (status) {
            case HttpURLConnection.HTTP_OK -> {
                InputStream all = connection.getInputStream();
                all.skipNBytes(offset);
                return all;
            }
            case HttpURLConnection.HTTP_PARTIAL -> {
                String range = String.valueOf(connection.getHeaderField("Content-Range"));
                if (!range.toLowerCase(Locale.ROOT).startsWith("bytes " + offset + "-")) {
                    connection.disconnect();
                    throw new IOException("it answered with another range");
                }
                return connection.getInputStream();
            }
            case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE -> {
                connection.disconnect();
                throw new GoneException("the orchestrator answers " + status);
            }
            default -> {
                connection.disconnect();
                throw new IOException("the orchestrator answers " + status);
            }
        }
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    @Override
    public String name() {
        return "the orchestrator";
    }
}
