package io.anemone.simulation;

import io.anemone.core.orders.VmOnLease;
import io.anemone.core.plan.VmView;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A VM as it stands in the database. */
final class VmRow {

    final VmId id;
    final VmSpec spec;
    Goal goal = Goal.RUN;
    VmState state;

    @Nullable
    Instant startedAt;
    /** In true time: when its current attempt was placed. */
    long placedAt;
    /** Its current attempt was known to run. */
    boolean ran;

    boolean wasReady;
    /** The newest attempt whose start was judged. */
    int judged;

    VmRow(VmId id, VmSpec spec, VmState state) {
        this.id = id;
        this.spec = spec;
        this.state = state;
    }

    VmView view() {
        return new VmView(id, spec, goal, state);
    }

    VmOnLease onLease() {
        return new VmOnLease(view(), startedAt);
    }

    boolean over() {
        return state.phase().terminal();
    }
}
