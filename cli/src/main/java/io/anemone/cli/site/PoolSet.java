package io.anemone.cli.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anemone.cli.api.Api;
import io.anemone.cli.api.Json;
import io.anemone.cli.api.Pool;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.OutputOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anemone pool set}. What is not given stays as it is. */
@Command(
        name = "set",
        description = "Operators: make a pool, or change it. What is not given stays as it is.",
        footer = {"", "A smaller pool takes no node from under a VM: a lease in use drains first."})
public final class PoolSet implements Callable<Integer> {

    private static final List<String> SETTINGS = List.of("leases", "partition", "walltime", "renewBefore");

    private final Cli cli;

    @Parameters(paramLabel = "NAME", description = "The pool, for example default.")
    private String name = "";

    @Option(names = "--leases", paramLabel = "N", description = "How many whole nodes to hold.")
    private @Nullable Integer leases;

    @Option(names = "--partition", paramLabel = "NAME", description = "The partition to take them from.")
    private @Nullable String partition;

    @Option(names = "--walltime", paramLabel = "TIME", description = "How long each job may last, for example 1d.")
    private @Nullable Duration walltime;

    @Option(
            names = "--renew-before",
            paramLabel = "TIME",
            description = "How long before a lease's end its successor is asked for.")
    private @Nullable Duration renewBefore;

    @Mixin
    private OutputOption output = new OutputOption();

    public PoolSet(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Api api = cli.api();
        ObjectNode wanted = Json.object();
        Pools.find(api, name)
                .ifPresent(pool -> SETTINGS.stream()
                        .filter(pool::hasNonNull)
                        .forEach(setting -> wanted.set(setting, pool.path(setting))));
        if (leases != null) {
            wanted.put("leases", leases);
        }
        if (!wanted.has("leases")) {
            throw new CliException(
                    ExitCode.USAGE, "There is no pool '" + name + "' yet.", "to make it, say how large: --leases N");
        }
        if (partition != null) {
            wanted.put("partition", partition);
        }
        if (walltime != null) {
            wanted.put("walltime", walltime.toString());
        }
        if (renewBefore != null) {
            wanted.put("renewBefore", renewBefore.toString());
        }
        JsonNode pool = api.put("/pools/" + Api.segment(name), wanted);
        if (output.json()) {
            cli.print(pool);
        } else {
            cli.print(PoolTable.of(List.of(Json.as(pool, Pool.class))));
        }
        return ExitCode.DONE.code();
    }
}
