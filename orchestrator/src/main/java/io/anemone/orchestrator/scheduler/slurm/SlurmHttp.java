package io.anemone.orchestrator.scheduler.slurm;

import io.anemone.core.scheduler.SchedulerUnavailableException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One question to slurmrestd, on behalf of one account, within a time limit. */
final class SlurmHttp {

    private static final String API = "/slurm/v0.0.38/";
    private static final int UNAUTHORIZED = 401;

    /** Whatever came back, whole. */
    record Answer(int status, byte[] body) {}

    private final HttpClient client;
    private final URI url;
    private final Duration limit;
    private final SlurmTokens tokens;

    SlurmHttp(URI url, Duration connectTimeout, Duration answerTimeout, SlurmTokens tokens) {
        // slurmrestd speaks HTTP/1.1 only and takes the attempt to upgrade as an error.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .build();
        this.url = url;
        this.limit = answerTimeout;
        this.tokens = tokens;
    }

    Answer get(String path, String user) {
        return send("GET", path, user, BodyPublishers.noBody());
    }

    Answer delete(String path, String user) {
        return send("DELETE", path, user, BodyPublishers.noBody());
    }

    Answer post(String path, String user, byte[] json) {
        return send("POST", path, user, BodyPublishers.ofByteArray(json));
    }

    private Answer send(String method, String path, String user, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(API + path))
                .method(method, body)
                .header("Content-Type", "application/json")
                .header("X-SLURM-USER-NAME", user)
                .header("X-SLURM-USER-TOKEN", tokens.tokenFor(user))
                .build();
        HttpResponse<byte[]> response = await(client.sendAsync(request, BodyHandlers.ofByteArray()));
        if (response.statusCode() == UNAUTHORIZED) {
            throw new SchedulerUnavailableException("slurmrestd takes no tokens: start it with -a rest_auth/jwt, and"
                    + " set AuthAltTypes=auth/jwt in slurm.conf (url: " + url + ").");
        }
        return new Answer(response.statusCode(), response.body());
    }

    /** A request's own time limit would end with the first byte of its answer; this one spans the last, too. */
    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer) {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw unavailable("did not answer within " + limit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw unavailable("cannot be reached: " + e.getCause(), e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw unavailable("was not waited for: this service is stopping", e);
        }
    }

    private SchedulerUnavailableException unavailable(String what, Exception e) {
        return new SchedulerUnavailableException("slurmrestd " + what + " (url: " + url + ").", e);
    }
}
