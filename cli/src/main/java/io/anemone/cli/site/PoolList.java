package io.anemone.cli.site;

import io.anemone.cli.api.Pool;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.ListCommand;
import io.anemone.cli.text.Table;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code anemone pool list}. */
@Command(name = "list", description = "The pools of leases for static VMs: ACTIVE of wanted leases, and what is free.")
public final class PoolList extends ListCommand<Pool> {

    public PoolList(Cli cli) {
        super(cli, Pool.class);
    }

    @Override
    protected String path() {
        return "/pools";
    }

    @Override
    protected Table table(List<Pool> items) {
        return PoolTable.of(items);
    }

    @Override
    protected String emptyText() {
        return "There is no pool. An operator makes one: anemone pool set NAME --leases 1";
    }
}
