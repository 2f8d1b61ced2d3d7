package io.anemone.cli.login;

import io.anemone.cli.api.Json;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code anemone logout}: ends the login at the server and here. */
@Command(name = "logout", description = "Log out: the server forgets the token, and so does this machine.")
public final class LogoutCommand implements Callable<Integer> {

    private final Cli cli;

    public LogoutCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Site site = cli.site();
        try {
            cli.api().post("/logout", Json.object());
        } catch (CliException e) {
            if (e.exitCode() != ExitCode.NOT_LOGGED_IN) {
                cli.note(
                        "The server was not told (" + e.sentence() + ") The token stays valid there until it expires.");
            }
        }
        site.store().forget();
        cli.note("Logged out.");
        return ExitCode.DONE.code();
    }
}
