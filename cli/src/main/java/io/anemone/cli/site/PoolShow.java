package io.anemone.cli.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Json;
import io.anemone.cli.api.Pool;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.OutputOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code anemone pool show}. */
@Command(name = "show", description = "One pool.")
public final class PoolShow implements Callable<Integer> {

    private final Cli cli;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Default: ${DEFAULT-VALUE}.")
    private String name = "default";

    @Mixin
    private OutputOption output = new OutputOption();

    public PoolShow(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        JsonNode pool = Pools.find(cli.api(), name)
                .orElseThrow(() -> new CliException(
                        ExitCode.REFUSED, "There is no pool '" + name + "'.", "see: anemone pool list"));
        if (output.json()) {
            cli.print(pool);
        } else {
            cli.print(PoolTable.of(List.of(Json.as(pool, Pool.class))));
        }
        return ExitCode.DONE.code();
    }
}
