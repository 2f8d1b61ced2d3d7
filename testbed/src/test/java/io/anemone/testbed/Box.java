package io.anemone.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The script {@code ./box} of a box that is up: the one named by {@code ANEMONE_BOX}, else that of this checkout.
 * Commands are argument lists from here to the machine's {@code exec}.
 */
final class Box {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path script;
    private final Path state;

    Box() {
        String named = System.getenv().getOrDefault("ANEMONE_BOX", "../box");
        script = Path.of(named).toAbsolutePath().normalize();
        Path beside = script.resolveSibling(".box");
        state = Path.of(System.getenv().getOrDefault("ANEMONE_BOX_DIR", beside.toString()));
        if (!Files.isExecutable(script) || !Files.isDirectory(state)) {
            throw new IllegalStateException("These tests need a box that is up (script: " + script + ", state: " + state
                    + "): run ./box up, and set ANEMONE_BOX to another box's script if need be.");
        }
    }

    /** Where the orchestrator of this box is; the first, if there are several. */
    String url() {
        return urls().getFirst();
    }

    List<String> urls() {
        return List.of(read("etc/anemone/client.env")
                .strip()
                .replaceFirst("^ANEMONE_URL=", "")
                .split(","));
    }

    /** The files of one of the site's images. */
    Path image(String name) {
        return state.resolve("opt/images").resolve(name);
    }

    String password(String account) {
        return read("secrets/passwords/" + account).strip();
    }

    Ran asRoot(String machine, String... command) {
        return as("root", machine, command);
    }

    Ran as(String user, String machine, String... command) {
        List<String> all = new ArrayList<>(List.of("exec", machine, "--user", user, "--"));
        all.addAll(List.of(command));
        return verb(all);
    }

    /** Starts again whatever is not running, without building. */
    void up() {
        up(urls().size());
    }

    /** With that many orchestrators. */
    void up(int orchestrators) {
        verb(List.of("up"), Map.of("ANEMONE_BOX_ORCHESTRATORS", String.valueOf(orchestrators)))
                .ok();
    }

    Ran verb(List<String> arguments) {
        return verb(arguments, Map.of());
    }

    private Ran verb(List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(arguments);
        try {
            return run(command, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command, e);
        }
    }

    private static Ran run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("box", ".out");
        Path err = Files.createTempFile("box", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("ANEMONE_BOX_BUILD", "no");
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " did not end within " + LIMIT);
            }
            return new Ran(command, process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(state.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
