package io.anemone.cli.site;

import io.anemone.cli.api.Offer;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.ListCommand;
import io.anemone.cli.text.Spans;
import io.anemone.cli.text.Table;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code anemone partition list}. */
@Command(name = "list", description = "The scheduler's partitions and how long a job may last there.")
public final class PartitionList extends ListCommand<Offer.Partition> {

    public PartitionList(Cli cli) {
        super(cli, Offer.Partition.class);
    }

    @Override
    protected String path() {
        return "/partitions";
    }

    @Override
    protected Table table(List<Offer.Partition> items) {
        Table table = new Table("NAME", "DEFAULT", "MAX WALLTIME");
        items.forEach(partition -> table.row(partition.name(), partition.isDefault() ? "yes" : "", limit(partition)));
        return table;
    }

    private static String limit(Offer.Partition partition) {
        return partition.maxWalltime() == null ? "none" : Spans.text(partition.maxWalltime());
    }

    @Override
    protected String emptyText() {
        return "The scheduler has told of no partition yet. Try again in a moment.";
    }
}
