package io.anemone.cli.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Api;
import io.anemone.cli.api.Json;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Operators end a lease, gently or not. */
abstract sealed class LeaseAction implements Callable<Integer> {

    private final Cli cli;
    private final String action;

    @Parameters(paramLabel = "LEASE", description = "Id or beginning of an id; see: anemone lease list.")
    private String given = "";

    private LeaseAction(Cli cli, String action) {
        this.cli = cli;
        this.action = action;
    }

    /** {@code anemone lease drain}. */
    @Command(name = "drain", description = "Operators: place no new VM on it; it ends when it is empty.")
    static final class Drain extends LeaseAction {
        Drain(Cli cli) {
            super(cli, "drain");
        }
    }

    /** {@code anemone lease release}. */
    @Command(name = "release", description = "Operators: give it back now. Its VMs are ended.")
    static final class Release extends LeaseAction {
        Release(Cli cli) {
            super(cli, "release");
        }
    }

    @Override
    public final Integer call() {
        Api api = cli.api();
        String id = find(api);
        api.post("/leases/" + Api.segment(id) + "/actions/" + action, Json.object());
        cli.print("Lease " + id + ": " + action + " asked for.");
        return ExitCode.DONE.code();
    }

    private String find(Api api) {
        List<String> found = api.all("/leases", Map.of("active", "true"))
                .path("items")
                .valueStream()
                .map((JsonNode lease) -> lease.path("id").asText())
                .filter(id -> !given.isEmpty() && id.startsWith(given))
                .toList();
        if (found.size() != 1) {
            String what = found.isEmpty() ? "There is no live lease '" : "More than one lease begins with '";
            throw new CliException(ExitCode.REFUSED, what + given + "'.", "see: anemone lease list -o json");
        }
        return found.getFirst();
    }
}
