package io.anemone.orchestrator.lease;

import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeasePhase;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.vm.VmId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lease as it stands in the database.
 *
 * @param vm     the one VM that it serves; null for a lease of a pool
 * @param vms    the VMs that are on it or wait for it; empty where they were not asked for
 * @param endsAt when the scheduler ends its job, or was to end it; null before it is known
 * @param hint   why it waits, in plain words; null when it does not
 */
public record LeaseRecord(
        LeaseId id,
        LeaseSpec spec,
        @Nullable VmId vm,
        LeaseState state,
        @Nullable Instant endsAt,
        LeaseContact contact,
        LeaseTimes times,
        @Nullable String hint,
        List<VmId> vms,
        long version) {

    public LeaseRecord {
        vms = List.copyOf(vms);
    }

    public LeasePhase phase() {
        return state.phase();
    }

    /** How it ended; null while it has not. */
    public @Nullable LeaseEnd end() {
        return switch (state) {
            case LeaseState.Released over -> over.end();
            case LeaseState.Failed over -> over.end();
            case LeaseState.Requested s -> null;
            case LeaseState.Submitting s -> null;
            case LeaseState.Queued s -> null;
            case LeaseState.Starting s -> null;
            case LeaseState.Active s -> null;
            case LeaseState.Draining s -> null;
            case LeaseState.Releasing s -> null;
        };
    }

    /** Whether it should have an agent, but has had none for a while. No reason to end anything. */
    public boolean unreachable(Instant now) {
        return !phase().terminal() && contact.lost(now);
    }

    /** Whether less than a tenth of its time is left. */
    public boolean expiring(Instant now) {
        return endsAt != null
                && !phase().terminal()
                && now.isAfter(endsAt.minus(spec.walltime().dividedBy(10)));
    }
}
