package io.anemone.cli.login;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Json;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anemone login}. A password never stands on the command line, where everybody on the machine can read it. */
@Command(
        name = "login",
        description = "Log in and remember it.",
        footer = {
            "",
            "The token is kept in $XDG_CONFIG_HOME/anemone/credentials.json, which you alone can read.",
            "ANEMONE_URL and ANEMONE_TOKEN in the environment come before what is stored."
        })
public final class LoginCommand implements Callable<Integer> {

    private final Cli cli;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Your account. Default: your UNIX name.")
    private @Nullable String name;

    @Option(names = "--url", paramLabel = "URL", description = "Where Anemone is, for example http://head:8080.")
    private @Nullable String url;

    @Option(names = "--password-stdin", description = "Read the password from standard input.")
    private boolean passwordFromStdin;

    public LoginCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Site site = cli.site();
        URI where = site.url(url);
        String account = name != null ? name : cli.environment().user();
        String password = passwordFromStdin
                ? firstLine()
                : cli.terminal().secrets().ask("Password of " + account + " at " + where + ": ");
        JsonNode answer = ask(site, where, account, password);
        String token = answer.path("token").asText("");
        if (token.isEmpty()) {
            throw new CliException(
                    ExitCode.UNREACHABLE, "What answers at " + where + " is not Anemone.", "check the URL");
        }
        site.store().save(new Login(where.toString(), account, token, expiry(answer)));
        cli.note("Logged in at " + where + " as " + account + " ("
                + answer.path("user").path("role").asText("user") + ").");
        return ExitCode.DONE.code();
    }

    private static JsonNode ask(Site site, URI where, String account, String password) {
        try {
            return site.anonymous(where)
                    .post("/login", Json.object().put("name", account).put("password", password));
        } catch (CliException e) {
            // The usual hint, to log in, is no help here.
            throw e.exitCode() == ExitCode.NOT_LOGGED_IN ? new CliException(e.exitCode(), e.sentence()) : e;
        }
    }

    private static @Nullable Instant expiry(JsonNode answer) {
        return answer.hasNonNull("expiresAt") ? Json.as(answer.path("expiresAt"), Instant.class) : null;
    }

    private String firstLine() {
        try {
            String line =
                    new BufferedReader(new InputStreamReader(cli.terminal().in(), StandardCharsets.UTF_8)).readLine();
            if (line != null && !line.isEmpty()) {
                return line;
            }
        } catch (IOException e) {
            // Said below.
        }
        throw new CliException(ExitCode.USAGE, "There is no password on standard input.");
    }
}
