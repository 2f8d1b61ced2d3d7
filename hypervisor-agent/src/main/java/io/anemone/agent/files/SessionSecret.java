package io.anemone.agent.files;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Keeps what the agent joins again with, for itself and for an agent of the same job that comes after it. */
public interface SessionSecret {

    /** Lease and secret; empty if there was no join yet. */
    Optional<List<String>> secret() throws IOException;

    void keepSecret(String lease, String secret) throws IOException;
}
