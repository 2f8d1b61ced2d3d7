package io.anemone.cli.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Invariant;
import io.anemone.cli.api.Json;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.OutputOption;
import io.anemone.cli.text.Cell;
import io.anemone.cli.text.Spans;
import io.anemone.cli.text.Style;
import io.anemone.cli.text.Table;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code anemone invariants}: the live audit, for people and for scripts that watch a site. */
@Command(
        name = "invariants",
        description = "What must always be true of the site, and whether it is. For operators.",
        footer = {"", "Exit code 1 if one of them does not hold, or if that is not known."})
final class InvariantCommand implements Callable<Integer> {

    private final Cli cli;

    @Mixin
    private OutputOption output = new OutputOption();

    InvariantCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        JsonNode answer = cli.api().get("/invariants");
        List<Invariant> invariants = Json.items(answer, Invariant.class);
        if (output.json()) {
            cli.print(answer);
        } else {
            cli.print(table(invariants));
            violations(invariants);
        }
        boolean fine = invariants.stream().allMatch(invariant -> Boolean.TRUE.equals(invariant.holds()));
        return (fine ? ExitCode.DONE : ExitCode.REFUSED).code();
    }

    private static Table table(List<Invariant> invariants) {
        Table table = new Table("ID", "HOLDS", "INVARIANT", "NOTE");
        for (Invariant invariant : invariants) {
            table.row(invariant.id(), holds(invariant.holds()), invariant.title(), invariant.unknown());
        }
        return table;
    }

    private static Cell holds(@Nullable Boolean holds) {
        if (holds == null) {
            return Cell.styled("unknown", Style.YELLOW);
        }
        return holds ? Cell.styled("yes", Style.GREEN) : Cell.styled("NO", Style.RED);
    }

    private void violations(List<Invariant> invariants) {
        Table table = new Table("ID", "FOR", "WHAT", "ABOUT", "HEALING");
        for (Invariant invariant : invariants) {
            for (Invariant.Violation violation : invariant.violations()) {
                table.row(
                        Cell.styled(invariant.id(), Style.RED),
                        Spans.age(violation.since(), cli.clock().instant()),
                        violation.what(),
                        violation.subjects().stream()
                                .map(subject -> subject.kind() + " " + subject.id())
                                .collect(Collectors.joining(", ")),
                        violation.healing());
            }
        }
        if (!table.isEmpty()) {
            cli.print(table);
        }
    }
}
