package io.anemone.core.vm;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.ReleaseCause;

/** What must follow in the world from a VM's step: data, carried out after the commit. */
public sealed interface VmEffect {

    /** The agent of this lease must learn of its new desired state. */
    record SyncAgent(LeaseId lease) implements VmEffect {}

    /** The VM's own lease is of no use any more. */
    record ReleaseLease(LeaseId lease, ReleaseCause cause) implements VmEffect {}
}
