package io.anemone.cli.site;

import io.anemone.cli.api.Pool;
import io.anemone.cli.text.Cell;
import io.anemone.cli.text.Memory;
import io.anemone.cli.text.Spans;
import io.anemone.cli.text.Style;
import io.anemone.cli.text.Table;
import java.util.List;

/** Pools as a table. */
final class PoolTable {

    private PoolTable() {}

    static Table of(List<Pool> pools) {
        Table table = new Table(
                "NAME", "LEASES", "PARTITION", "WALLTIME", "RENEW BEFORE", "VMS", "FREE CORES", "FREE MEMORY");
        for (Pool pool : pools) {
            table.row(
                    pool.name(),
                    Cell.styled(
                            pool.active() + "/" + pool.leases(),
                            pool.active() < pool.leases() ? Style.YELLOW : Style.PLAIN),
                    pool.partition(),
                    Spans.text(pool.walltime()),
                    Spans.text(pool.renewBefore()),
                    pool.vms(),
                    pool.freeCores(),
                    Memory.text(pool.freeMemoryMiB()));
        }
        return table;
    }
}
