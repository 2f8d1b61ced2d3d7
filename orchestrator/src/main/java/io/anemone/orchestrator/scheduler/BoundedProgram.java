package io.anemone.orchestrator.scheduler;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a small program of the host: an argument list, input by a pipe, a time limit, bounded output. */
public final class BoundedProgram {

    private static final int MAX_OUTPUT_BYTES = 256 * 1024;

    /** What it wrote to its standard output, and how it ended. */
    public record Result(int exitCode, String output) {}

    private final Duration limit;

    public BoundedProgram(Duration limit) {
        this.limit = limit;
    }

    /**
     * @param input what the program reads; it never appears on a command line
     * @throws IOException if the program cannot be started or does not end in time
     */
    public Result run(List<String> command, String input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        CompletableFuture<String> output = new CompletableFuture<>();
        // Nobody waits for these: a child of the program may keep the pipes open for as long as it likes.
        daemon(() -> write(process.getOutputStream(), input));
        daemon(() -> output.complete(read(process.getInputStream())));
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw tooSlow(command);
            }
            return new Result(process.exitValue(), output.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw tooSlow(command);
        } catch (ExecutionException e) {
            throw new IOException(command.getFirst() + " could not be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command.getFirst() + " was interrupted", e);
        } finally {
            process.destroyForcibly();
            close(process);
        }
    }

    private static void daemon(Runnable task) {
        Thread.ofPlatform().daemon().name("program-pipe").start(task);
    }

    private IOException tooSlow(List<String> command) {
        return new IOException(command.getFirst() + " did not end within " + limit.toMillis() + " ms");
    }

    private static void write(OutputStream to, String input) {
        try (to) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading all of it; its exit code says what it thinks of that.
        }
    }

    private static String read(InputStream from) {
        try {
            return new String(from.readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static void close(Process process) {
        try {
            process.getInputStream().close();
        } catch (IOException e) {
            // Nothing is lost: what was to be read has been read.
        }
    }
}
