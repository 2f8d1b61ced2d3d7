package io.anemone.cli.site;

import io.anemone.cli.api.Node;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.ListCommand;
import io.anemone.cli.text.Cell;
import io.anemone.cli.text.Memory;
import io.anemone.cli.text.Style;
import io.anemone.cli.text.Table;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code anemone node list}. */
@Command(name = "list", description = "The cluster's nodes, what is used of them, and the VMs on them.")
public final class NodeList extends ListCommand<Node> {

    public NodeList(Cli cli) {
        super(cli, Node.class);
    }

    @Override
    protected String path() {
        return "/nodes";
    }

    @Override
    protected Table table(List<Node> items) {
        Table table = new Table("NAME", "STATE", "CORES", "MEMORY", "PARTITIONS", "VMS");
        for (Node node : items) {
            table.row(
                    node.name(),
                    state(node),
                    node.allocatedCores() + "/" + node.cores(),
                    Memory.text(node.allocatedMemoryMiB()) + "/" + Memory.text(node.memoryMiB()),
                    String.join(",", node.partitionNames()),
                    node.guests().stream().map(Node.Guest::name).collect(Collectors.joining(",")));
        }
        return table;
    }

    private static Cell state(Node node) {
        return node.rest() != null
                ? Cell.styled(node.state() + ", resting", Style.YELLOW)
                : Cell.styled(node.state(), node.available() ? Style.GREEN : Style.RED);
    }

    @Override
    protected String emptyText() {
        return "The scheduler has told of no node yet. Try again in a moment.";
    }
}
