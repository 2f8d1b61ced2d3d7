package io.anemone.cli.command;

import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong and what to do: {@code anemone: sentence}, then a line with the hint. */
public final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final Cli cli;

    public Failures(Cli cli) {
        this.cli = cli;
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        tell(e.getMessage(), "see: " + command.getCommandSpec().qualifiedName() + " --help");
        UnmatchedArgumentException.printSuggestions(e, command.getErr());
        return ExitCode.USAGE.code();
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult result) throws Exception {
        if (e instanceof CliException failure) {
            tell(failure.sentence(), failure.hint());
            return failure.exitCode().code();
        }
        throw e;
    }

    public void tell(@Nullable String sentence, @Nullable String hint) {
        cli.note("anemone: " + (sentence == null ? "It failed." : sentence));
        if (hint != null) {
            cli.note("  " + hint);
        }
    }
}
