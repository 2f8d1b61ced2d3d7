package io.anemone.cli.site;

import io.anemone.cli.api.Lease;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.ListCommand;
import io.anemone.cli.text.Cell;
import io.anemone.cli.text.Memory;
import io.anemone.cli.text.Spans;
import io.anemone.cli.text.Style;
import io.anemone.cli.text.Table;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code anemone lease list}. */
@Command(name = "list", description = "Leases that hold or wait for a node: your VMs' own, or all for an operator.")
public final class LeaseList extends ListCommand<Lease> {

    @Option(names = "--all", description = "Those that are over, too.")
    private boolean all;

    public LeaseList(Cli cli) {
        super(cli, Lease.class);
    }

    @Override
    protected String path() {
        return "/leases";
    }

    @Override
    protected Map<String, String> query() {
        return all ? Map.of() : Map.of("active", "true");
    }

    @Override
    protected Table table(List<Lease> items) {
        Table table = new Table(
                "ID", "PHASE", "PATH", "OWNER", "POOL", "JOB", "NODE", "CORES", "MEMORY", "VMS", "LEFT", "FLAGS");
        for (Lease lease : items) {
            table.row(
                    lease.shortId(),
                    phase(lease.phase()),
                    lease.path(),
                    lease.owner(),
                    lease.pool(),
                    lease.jobId(),
                    lease.node(),
                    lease.cores() == 0 ? null : lease.cores(),
                    lease.memoryMiB() == 0 ? null : Memory.text(lease.memoryMiB()),
                    lease.vmCount(),
                    left(lease),
                    Cell.styled(lease.flags(), Style.YELLOW));
        }
        return table;
    }

    private @Nullable String left(Lease lease) {
        return lease.endsAt() == null ? null : Spans.age(cli().clock().instant(), lease.endsAt());
    }

    private static Cell phase(String phase) {
        return Cell.styled(
                phase,
                switch (phase) {
                    case "ACTIVE" -> Style.GREEN;
                    case "FAILED" -> Style.RED;
                    case "RELEASED" -> Style.DIM;
                    default -> Style.YELLOW;
                });
    }

    @Override
    protected String emptyText() {
        return all ? "There has been no lease yet." : "There is no lease at the moment.";
    }
}
