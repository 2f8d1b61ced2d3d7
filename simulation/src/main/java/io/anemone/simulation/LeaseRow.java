package io.anemone.simulation;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.plan.LeaseView;
import io.anemone.core.vm.VmId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A lease as it stands in the database. */
final class LeaseRow {

    final LeaseId id;
    final LeaseSpec spec;
    final @Nullable VmId vm;
    LeaseState state;
    Instant since;

    @Nullable
    Instant jobSubmittedAt;

    @Nullable
    Instant endsAt;

    @Nullable
    Instant failedAt;

    boolean wasActive;
    /** An operator wants it ended: its guests may be. */
    boolean givenUp;

    long epoch;
    String secret = "";
    boolean secretConfirmed;

    LeaseRow(LeaseId id, LeaseSpec spec, @Nullable VmId vm, LeaseState state, Instant since) {
        this.id = id;
        this.spec = spec;
        this.vm = vm;
        this.state = state;
        this.since = since;
    }

    LeaseView view() {
        return new LeaseView(id, spec, vm, state, since, jobSubmittedAt);
    }

    boolean over() {
        return state.phase().terminal();
    }
}
