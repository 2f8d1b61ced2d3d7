package io.anemone.orchestrator.history;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;

/** What a commit changed. */
public sealed interface Change {

    /** The VM, or the lease that it is shown with. */
    record Vm(VmId id) implements Change {}

    record Lease(LeaseId id) implements Change {}

    /** The agent of this lease has something new to do. */
    record AgentSync(LeaseId lease) implements Change {}

    /** The outbox has something new to do. */
    record EffectDue() implements Change {}

    /** The scheduler's jobs may have changed, or are about to. */
    record LookAtJobs() implements Change {}

    /** The agent of this lease told something new of its node. */
    record Inventory(LeaseId lease) implements Change {}

    /** Something that only the planner looks at. */
    record Pool(String name) implements Change {}

    /** What other orchestrators changed was not heard for a while: anything may be new. */
    record Anything() implements Change {}
}
