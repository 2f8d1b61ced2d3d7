package io.anemone.orchestrator.stream;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.StreamKind;
import io.anemone.orchestrator.identity.Caller;
import java.util.Arrays;
import java.util.UUID;

/**
 * A stream that somebody may have.
 *
 * @param caller  who wants it
 * @param session the key of the log-in that it ends with
 */
record Opening(UUID id, VmId vm, int attempt, LeaseId lease, StreamKind kind, Caller caller, byte[] session) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Opening opening && id.equals(opening.id) && Arrays.equals(session, opening.session);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** For messages. */
    @Override
    public String toString() {
        return "(stream: " + id + ", vm: " + vm + ", kind: " + kind.text() + ", user: " + caller.name() + ")";
    }
}
