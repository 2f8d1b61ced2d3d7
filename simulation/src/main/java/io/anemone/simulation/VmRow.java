package io.anemone.simulation;

import io.anemone.core.orders.VmOnLease;
import io.anemone.core.plan.VmView;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.Saved;
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

    /** The newest attempt that may have left saved files. */
    @Nullable
    Integer kept;

    /** The newest order to reboot. */
    @Nullable
    Instant rebootAt;

    VmRow(VmId id, VmSpec spec, VmState state) {
        this.id = id;
        this.spec = spec;
        this.state = state;
    }

    VmView view() {
        return new VmView(id, spec, goal, state);
    }

    VmOnLease onLease() {
        return new VmOnLease(view(), startedAt, rebootAt, false);
    }

    /** As in the database: whether what was saved up to this attempt is of no use to anybody. */
    boolean mayDiscard(int upTo) {
        Saved saved = saved();
        boolean needed = saved != null && saved.attempt() <= upTo;
        return !needed && (over() || upTo < state.attempt());
    }

    /** What must be there, whatever happens. */
    @Nullable
    Saved saved() {
        return state instanceof VmState.Suspended suspended ? suspended.saved() : state.saved();
    }

    boolean over() {
        return state.phase().terminal();
    }
}
