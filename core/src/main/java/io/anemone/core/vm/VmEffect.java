package io.anemone.core.vm;

import io.anemone.core.error.Failure;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.ReleaseCause;
import org.jspecify.annotations.Nullable;

/** What must follow in the world from a VM's step: data, carried out after the commit. */
public sealed interface VmEffect {

    /** The agent of this lease must learn of its new desired state. */
    record SyncAgent(LeaseId lease) implements VmEffect {}

    /** The VM's own lease is of no use any more. */
    record ReleaseLease(LeaseId lease, ReleaseCause cause) implements VmEffect {}

    /**
     * What was wanted of the VM cannot be had; this is wanted of it from now on, unless it shall end.
     */
    record GoalGivenUp(Goal goal) implements VmEffect {}

    /**
     * An attempt has shown whether its node, image and partition are good: the guest ran, or the start failed by what
     * counts as a node's fault. Told once for each attempt.
     */
    record StartJudged(int attempt, LeaseId lease, @Nullable Failure failure) implements VmEffect {}
}
