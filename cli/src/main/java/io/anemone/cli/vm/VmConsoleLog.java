package io.anemone.cli.vm;

import io.anemone.cli.api.Api;
import io.anemone.cli.api.Vm;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import io.anemone.cli.text.Printable;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anemone vm console-log}: what the guest wrote to its serial console, as plain text. */
@Command(name = "console-log", description = "What the guest wrote to its serial console (the last 64 KiB).")
public final class VmConsoleLog implements Callable<Integer> {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Cli cli;

    @Parameters(paramLabel = "VM", description = "Id, beginning of an id, or name of a live VM.")
    private String vm = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what it writes, until the VM is over.")
    private boolean follow;

    public VmConsoleLog(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Api api = cli.api();
        VmFinder finder = new VmFinder(api);
        Vm found = finder.vm(vm);
        String path = "/vms/" + Api.segment(found.id()) + "/console-log";
        ConsoleTail tail = new ConsoleTail();
        print(tail.news(api.text(path)));
        boolean over = found.phase().over();
        while (follow && !over) {
            cli.pace().pause(LOOK_EVERY);
            // Asked before the text, so that the last words are not missed.
            over = finder.vm(found.id()).phase().over();
            print(tail.news(api.text(path)));
        }
        return ExitCode.DONE.code();
    }

    private void print(String text) {
        cli.terminal().out().print(Printable.lines(text));
        cli.terminal().out().flush();
    }
}
