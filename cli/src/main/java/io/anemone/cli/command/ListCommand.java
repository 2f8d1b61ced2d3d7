package io.anemone.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Json;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.text.Table;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that shows one list of the API as a table. */
public abstract class ListCommand<T> implements Callable<Integer> {

    private final Cli cli;
    private final Class<T> type;

    @Mixin
    private OutputOption output = new OutputOption();

    protected ListCommand(Cli cli, Class<T> type) {
        this.cli = cli;
        this.type = type;
    }

    /** The path of the list below {@code /api/v1}. */
    protected abstract String path();

    protected Map<String, String> query() {
        return Map.of();
    }

    protected abstract Table table(List<T> items);

    /** What to say instead of an empty table. */
    protected abstract String emptyText();

    @Override
    public final Integer call() {
        JsonNode answer = cli.api().all(path(), query());
        if (output.json()) {
            cli.print(answer);
            return ExitCode.DONE.code();
        }
        Table table = table(Json.items(answer, type));
        if (table.isEmpty()) {
            cli.note(emptyText());
        } else {
            cli.print(table);
        }
        return ExitCode.DONE.code();
    }

    protected final Cli cli() {
        return cli;
    }
}
