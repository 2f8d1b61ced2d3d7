package io.anemone.cli;

import io.anemone.cli.base.Environment;
import io.anemone.cli.base.Terminal;
import io.anemone.cli.command.Cli;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Somebody at a terminal, with a home directory, whose clock moves only while they wait. */
final class Person {

    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Path home;
    private final Map<String, String> variables = new HashMap<>();
    private final List<List<String>> programs = new ArrayList<>();
    private Instant now = NOON;
    private String input = "";
    private boolean interactive;
    private int programExit;

    /** What a command did. */
    record Result(int exit, String out, String err) {}

    Person(Path home) {
        this.home = home;
    }

    static Person loggedInAt(FakeSite site, Path home) {
        return new Person(home).with("ANEMONE_URL", site.url()).with("ANEMONE_TOKEN", FakeSite.TOKEN);
    }

    Person with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    Person without(String variable) {
        variables.remove(variable);
        return this;
    }

    Person types(String text) {
        input = text;
        return this;
    }

    Person atTerminal() {
        interactive = true;
        return this;
    }

    Person whosePrograms(int exit) {
        programExit = exit;
        return this;
    }

    Path file(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    List<List<String>> programs() {
        return programs;
    }

    Duration waited() {
        return Duration.between(NOON, now);
    }

    Result runs(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interactive,
                prompt -> input.strip());
        Environment environment =
                new Environment(variables, home, "researcher", home.resolve("etc/anemone/client.env"));
        Cli cli = new Cli(environment, terminal, clock(), pause -> now = now.plus(pause), program -> {
            programs.add(program);
            return programExit;
        });
        int exit = AnemoneCommand.run(cli, arguments);
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
