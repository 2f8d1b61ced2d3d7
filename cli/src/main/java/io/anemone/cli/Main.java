package io.anemone.cli;

import io.anemone.cli.base.CliException;
import io.anemone.cli.base.Environment;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.base.Pace;
import io.anemone.cli.base.Programs;
import io.anemone.cli.base.Terminal;
import io.anemone.cli.command.Cli;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Starts the {@code anemone} command in this process. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Console console = System.console();
        boolean interactive = console != null && console.isTerminal();
        Terminal terminal = new Terminal(
                System.in, stream(FileDescriptor.out), stream(FileDescriptor.err), interactive, Main::askSecret);
        Cli cli = new Cli(
                Environment.ofThisProcess(),
                terminal,
                Clock.systemDefaultZone(),
                Pace.sleeping(),
                Programs.onThisTerminal());
        int code = AnemoneCommand.run(cli, arguments);
        terminal.out().flush();
        System.exit(code);
    }

    /** UTF-8 whatever the locale: names and messages are. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static String askSecret(String prompt) {
        Console console = System.console();
        char[] secret = console == null || !console.isTerminal() ? null : console.readPassword("%s", prompt);
        if (secret == null || secret.length == 0) {
            throw new CliException(
                    ExitCode.USAGE, "There is no terminal to ask for a password.", "use --password-stdin");
        }
        return new String(secret);
    }
}
