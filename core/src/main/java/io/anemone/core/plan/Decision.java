package io.anemone.core.plan;

import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.vm.VmEvent;
import io.anemone.core.vm.VmId;
import java.time.Instant;

/** One thing that follows from a {@link Snapshot}. */
public sealed interface Decision {

    record ForVm(VmId vm, VmEvent event) implements Decision {}

    record ForLease(LeaseId lease, LeaseEvent event) implements Decision {}

    /** Make a lease for this VM alone, and tell the VM, in one transaction. */
    record RequestLease(VmId vm, LeaseSpec spec) implements Decision {}

    /** Make another lease of a pool. */
    record RequestPoolLease(LeaseSpec spec) implements Decision {}

    /** It could be launched, but what it needs has failed too often: it waits, and is told why. */
    record Hold(VmId vm, String why) implements Decision {}

    /** The job was not in a complete, newer listing: ask the scheduler about it directly. */
    record ConfirmJob(LeaseId lease, String jobId) implements Decision {}

    /**
     * A job carries this lease's name and is not the one that backs it: end it, unless the lease is of somebody else
     * or not known at all. It stems from a submit that went through after it was given up.
     */
    record CancelStray(LeaseId lease, String jobId, String owner, Instant seenAt) implements Decision {}
}
