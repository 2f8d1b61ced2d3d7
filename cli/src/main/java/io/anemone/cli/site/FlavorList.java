package io.anemone.cli.site;

import io.anemone.cli.api.Offer;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.ListCommand;
import io.anemone.cli.text.Memory;
import io.anemone.cli.text.Table;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code anemone flavor list}. */
@Command(name = "list", description = "Sizes that have a name.")
public final class FlavorList extends ListCommand<Offer.Flavor> {

    public FlavorList(Cli cli) {
        super(cli, Offer.Flavor.class);
    }

    @Override
    protected String path() {
        return "/flavors";
    }

    @Override
    protected Table table(List<Offer.Flavor> items) {
        Table table = new Table("NAME", "VCPUS", "MEMORY", "DESCRIPTION");
        items.forEach(flavor ->
                table.row(flavor.name(), flavor.vcpus(), Memory.text(flavor.memoryMiB()), flavor.description()));
        return table;
    }

    @Override
    protected String emptyText() {
        return "There are no flavors: give --vcpus and --memory.";
    }
}
