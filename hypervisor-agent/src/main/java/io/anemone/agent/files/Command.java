package io.anemone.agent.files;

import io.anemone.agent.AgentConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the node: by an argument list, with a time limit, without the join token. */
public final class Command {

    private static final int MAX_OUTPUT = 64 * 1024;

    private Command() {}

    /** @param exitCode 0 when it worked; {@code output} holds standard output and error */
    public record Result(int exitCode, String output) {}

    public static Result run(Duration limit, List<String> arguments) throws IOException, InterruptedException {
        return run(limit, arguments, "");
    }

    /** @throws IOException if it cannot be started or does not end in time (it is killed then) */
    public static Result run(Duration limit, List<String> arguments, String input)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true);
        builder.environment().remove(AgentConfig.TOKEN_VARIABLE);
        Process process = builder.start();
        try {
            Thread watchdog = Thread.ofVirtual().start(() -> killLate(process, limit));
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It ended without reading all of its input; the exit code tells.
                process.getInputStream().available();
            }
            String output;
            try (InputStream out = process.getInputStream()) {
                output = new String(out.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8).strip();
            }
            watchdog.join();
            if (process.isAlive() || process.exitValue() == 128 + 9) {
                throw new IOException(arguments.getFirst() + " did not end within " + limit.toSeconds() + " s");
            }
            return new Result(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void killLate(Process process, Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
