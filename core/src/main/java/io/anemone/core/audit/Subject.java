package io.anemone.core.audit;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;

/** Something that a violation is about. */
public record Subject(Kind kind, String id) {

    public enum Kind {
        VM,
        LEASE,
        JOB,
        DOMAIN,
        NODE
    }

    static Subject of(VmId vm) {
        return new Subject(Kind.VM, vm.toString());
    }

    static Subject of(LeaseId lease) {
        return new Subject(Kind.LEASE, lease.toString());
    }

    static Subject of(DomainId domain) {
        return new Subject(Kind.DOMAIN, domain.name());
    }

    static Subject job(String id) {
        return new Subject(Kind.JOB, id);
    }

    static Subject node(String name) {
        return new Subject(Kind.NODE, name);
    }
}
