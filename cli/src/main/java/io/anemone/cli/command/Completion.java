package io.anemone.cli.command;

import io.anemone.cli.base.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code anemone completion}. */
@Command(
        name = "completion",
        description = "Print a completion script for bash and zsh.",
        footer = {"", "Use it at once: source <(anemone completion)"})
public final class Completion implements Callable<Integer> {

    private final Cli cli;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public Completion(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash("anemone", spec.root().commandLine());
        // The script is ours, not from elsewhere: it goes out as it is.
        cli.terminal().out().print(script);
        return ExitCode.DONE.code();
    }
}
