package io.anemone.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Api;
import io.anemone.cli.api.Json;
import io.anemone.cli.base.Environment;
import io.anemone.cli.base.Pace;
import io.anemone.cli.base.Programs;
import io.anemone.cli.base.Terminal;
import io.anemone.cli.login.Site;
import io.anemone.cli.text.Printable;
import io.anemone.cli.text.Table;
import java.time.Clock;

/** What a command works with. */
public record Cli(Environment environment, Terminal terminal, Clock clock, Pace pace, Programs programs) {

    public Site site() {
        return new Site(environment, pace);
    }

    public Api api() {
        return site().api();
    }

    /** Colours are for people who have not said otherwise (https://no-color.org). */
    public boolean colours() {
        return terminal.interactive()
                && environment.variable("NO_COLOR").isEmpty()
                && !environment.variable("TERM").orElse("").equals("dumb");
    }

    /** One line of the command's result. */
    public void print(String line) {
        terminal.out().println(Printable.line(line));
    }

    public void print(Table table) {
        table.render(colours()).forEach(terminal.out()::println);
    }

    public void print(JsonNode json) {
        terminal.out().println(Json.pretty(json));
    }

    /** A remark beside the result. */
    public void note(String line) {
        terminal.err().println(Printable.line(line));
    }
}
