package io.anemone.simulation;

import io.anemone.core.breaker.AttemptOutcome;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.PoolSpec;
import io.anemone.core.vm.VmId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The one database of the site. A transaction is one step of the simulation: it is whole, or it did not happen. */
final class Database {

    final Map<VmId, VmRow> vms = new LinkedHashMap<>();
    final Map<LeaseId, LeaseRow> leases = new LinkedHashMap<>();
    final Map<String, PoolSpec> pools = new LinkedHashMap<>();
    final Map<EffectRow.Key, EffectRow> effects = new LinkedHashMap<>();

    /** How starts went, newest first. */
    final List<AttemptOutcome> starts = new ArrayList<>();

    private final World world;
    private final Faults faults;
    private final List<Runnable> listeners = new ArrayList<>();
    private long downUntil;
    private long version;

    Database(World world, Faults faults) {
        this.world = world;
        this.faults = faults;
    }

    void downUntil(long time) {
        downUntil = time;
    }

    /** @param listener is told after each change; a hint, which may come late */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** @throws DatabaseException if it is not known whether the work was done */
    <T> T transact(Supplier<T> work) {
        if (world.now() < downUntil) {
            throw new DatabaseException("the database does not answer");
        }
        if (faults.strikes(Fault.COMMIT_FAILS)) {
            throw new DatabaseException("the commit failed");
        }
        long before = version;
        T result = work.get();
        if (faults.strikes(Fault.COMMIT_ANSWER_LOST)) {
            throw new DatabaseException("the connection broke before the commit's answer came");
        }
        if (version != before) {
            listeners.forEach(Runnable::run);
        }
        return result;
    }

    void changed() {
        version++;
    }

    /** Changes with each change. */
    long version() {
        return version;
    }

    void run(Runnable work) {
        transact(() -> {
            work.run();
            return true;
        });
    }
}
