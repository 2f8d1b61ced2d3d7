package io.anemone.core.wire;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;
import java.util.Objects;

/**
 * A domain with our mark that an agent sees on its node and does not supervise.
 *
 * @param lease the lease that the domain says it belongs to
 * @param job   the job that it says it was started in
 */
public record Stray(VmId vm, int attempt, LeaseId lease, String job) {

    public Stray {
        Objects.requireNonNull(vm, "vm");
        Objects.requireNonNull(lease, "lease");
        Objects.requireNonNull(job, "job");
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be at least 1, not " + attempt);
        }
    }
}
