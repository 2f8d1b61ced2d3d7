package io.anemone.agent.direct;

import io.anemone.agent.files.Command;
import io.anemone.core.wire.DirectClaim;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Makes a munge credential (munge(1)): it proves to the orchestrator which user this process belongs to. */
public final class Munge {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final List<String> command;

    public Munge() {
        this(List.of("munge"));
    }

    Munge(List<String> command) {
        this.command = List.copyOf(command);
    }

    /** A credential serves once, so that each join needs a fresh one. */
    public String credential(DirectClaim claim) throws IOException {
        try {
            Command.Result result = Command.run(LIMIT, command, claim.payload());
            if (result.exitCode() != 0 || !result.output().startsWith("MUNGE:")) {
                throw new IOException("munge failed: is munged running on this node? " + result.output());
            }
            return result.output();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
