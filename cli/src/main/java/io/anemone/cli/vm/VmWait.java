package io.anemone.cli.vm;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Api;
import io.anemone.cli.api.Phase;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.OutputOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anemone vm wait}. */
@Command(
        name = "wait",
        description = "Wait until a VM has come to a phase. Each change is told on standard error.",
        footer = {"", "Exit code 0: it has. 1: it is over and never will. 5: not in time."})
public final class VmWait implements Callable<Integer> {

    private final Cli cli;

    @Parameters(paramLabel = "VM", description = "Id, beginning of an id, or name of a live VM.")
    private String vm = "";

    @Option(names = "--for", paramLabel = "PHASE", description = "Default: ${DEFAULT-VALUE}.")
    private Phase wanted = Phase.READY;

    @Option(names = "--timeout", paramLabel = "TIME", description = "Give up after this time, for example 5m.")
    private @Nullable Duration timeout;

    @Mixin
    private OutputOption output = new OutputOption();

    public VmWait(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Api api = cli.api();
        String id = new VmFinder(api).vm(vm).id();
        JsonNode reached = new Waiting(cli, api, timeout).forPhase(id, wanted);
        if (output.json()) {
            cli.print(reached);
        }
        return ExitCode.DONE.code();
    }
}
