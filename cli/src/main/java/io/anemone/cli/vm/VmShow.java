package io.anemone.cli.vm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anemone.cli.api.Api;
import io.anemone.cli.api.HistoryEntry;
import io.anemone.cli.api.Json;
import io.anemone.cli.api.Vm;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.OutputOption;
import io.anemone.cli.text.Cell;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code anemone vm show}: facts, timeline and history of one VM. */
@Command(name = "show", description = "One VM: what it is, how long each step took, and what happened to it.")
public final class VmShow implements Callable<Integer> {

    private final Cli cli;

    @Parameters(paramLabel = "VM", description = "Id, beginning of an id, or name of a live VM.")
    private String vm = "";

    @Mixin
    private OutputOption output = new OutputOption();

    public VmShow(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Api api = cli.api();
        JsonNode found = new VmFinder(api).find(vm);
        JsonNode events = api.get("/vms/" + Api.segment(found.path("id").asText()) + "/events");
        if (output.json()) {
            cli.print(((ObjectNode) found).set("events", events.path("items")));
            return ExitCode.DONE.code();
        }
        Vm record = Json.as(found, Vm.class);
        VmFacts facts = new VmFacts(cli.clock().getZone());
        facts.of(record).forEach((name, value) -> cli.print(String.format("%-10s  %s", name, value)));
        if (ConsoleEnd.matters(record)) {
            List<String> end = ConsoleEnd.of(api, record.id());
            if (!end.isEmpty()) {
                section("End of its console");
                end.forEach(cli::print);
            }
        }
        section("Timeline");
        cli.print(facts.timeline(record));
        List<HistoryEntry> history = Json.items(events, HistoryEntry.class);
        if (!history.isEmpty()) {
            section("History");
            cli.print(facts.history(history));
        }
        return ExitCode.DONE.code();
    }

    private void section(String title) {
        cli.terminal().out().println();
        cli.print(Cell.of(title).text());
    }
}
