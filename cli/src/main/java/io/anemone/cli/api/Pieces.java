package io.anemone.cli.api;

import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.base.Pace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * The content of one file on its way up, in pieces. By the JDK's new client, as the old one knows no PATCH. When a piece
 * gets no answer, the server is asked what it has, and the sending goes on from there.
 */
public final class Pieces implements AutoCloseable {

    /** The largest piece that the API takes. */
    public static final int LARGEST = 4 << 20;

    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final int TRIES = 20;
    private static final String OFFSET = "Upload-Offset";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI uri;
    private final String token;
    private final Pace pace;

    Pieces(URI uri, String token, Pace pace) {
        this.uri = uri;
        this.token = token;
        this.pace = pace;
    }

    /** How much the server has. */
    public long offset() {
        HttpRequest request =
                request().method("HEAD", HttpRequest.BodyPublishers.noBody()).build();
        for (int tries = 1; ; tries++) {
            try {
                return offset(http.send(request, HttpResponse.BodyHandlers.ofString()));
            } catch (IOException e) {
                waitFor(tries);
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
    }

    /**
     * Sends a piece, once.
     *
     * @return where the next one begins, by the server's word: after this one, unless it was lost
     */
    public long send(long offset, byte[] piece) {
        HttpRequest request = request()
                .header(OFFSET, Long.toString(offset))
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(piece))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            // Another of its kind may have come first, or a reply have been lost: the server knows.
            return answer.statusCode() == 409 ? offset() : offset(answer);
        } catch (IOException e) {
            return offset();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(uri)
                .timeout(ANSWER)
                .header("Accept", "application/problem+json")
                .header("Authorization", "Bearer " + token);
    }

    private static long offset(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw Problem.of(answer.statusCode(), answer.body()).asException();
        }
        return answer.headers()
                .firstValueAsLong(OFFSET)
                .orElseThrow(() -> new CliException(
                        ExitCode.UNREACHABLE, "The server does not say how much of the file it has.", "check the URL"));
    }

    private void waitFor(int tries) {
        if (tries >= TRIES) {
            throw new CliException(
                    ExitCode.UNREACHABLE,
                    "The server does not answer any more; what it has is kept.",
                    "run the same command again later: it goes on from there");
        }
        pace.pause(Duration.ofSeconds(Math.min(tries, 10)));
    }

    private static CliException interrupted() {
        Thread.currentThread().interrupt();
        return new CliException(ExitCode.TIMED_OUT, "Interrupted while sending.");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
