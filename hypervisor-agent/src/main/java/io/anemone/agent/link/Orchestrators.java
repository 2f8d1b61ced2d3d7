package io.anemone.agent.link;

import io.anemone.core.wire.WireTypes;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The orchestrators, as an agent asks them over HTTP in the name of its lease. Who answered last is asked first. */
public final class Orchestrators {

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

    /** What one of them is asked. */
    public interface Question<T> {

        /**
         * @return empty if this one has nothing to answer; another may
         * @throws IOException if it does not answer at the moment
         */
        Optional<T> to(URI orchestrator) throws IOException;
    }

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final List<URI> all;
    private final Credentials credentials;
    private final AtomicInteger first = new AtomicInteger();

    public Orchestrators(List<URI> all, Credentials credentials) {
        this.all = List.copyOf(all);
        this.credentials = credentials;
    }

    /**
     * The first answer that one of them gives; empty only if all of them say that they have none.
     *
     * @throws IOException if there is no answer, and one of them could not be asked
     */
    public <T> Optional<T> ask(Question<T> question) throws IOException {
        IOException trouble = null;
        int start = first.get();
        for (int i = 0; i < all.size(); i++) {
            int which = (start + i) % all.size();
            try {
                Optional<T> answer = question.to(all.get(which));
                first.set(which);
                if (answer.isPresent()) {
                    return answer;
                }
            } catch (IOException e) {
                trouble = e;
            }
        }
        if (trouble != null) {
            throw trouble;
        }
        return Optional.empty();
    }

    /**
     * A request to one of them, not sent yet.
     *
     * @param path    begins with a slash
     * @param silence how long each read may take: unlike java.net.http, which only limits all of it
     */
    public HttpURLConnection request(URI orchestrator, String path, Duration silence) throws IOException {
        Credential credential = credentials.current();
        URI address = URI.create(withoutSlash(orchestrator.toString()) + path);
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) silence.toMillis());
        // The secret goes to the orchestrator alone.
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Authorization", "Bearer " + credential.secret());
        connection.setRequestProperty(WireTypes.LEASE_HEADER, credential.lease());
        return connection;
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
