package io.anemone.orchestrator.audit;

import io.anemone.core.audit.Invariant;
import io.anemone.core.audit.Subject;
import io.anemone.core.audit.Violation;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;
import io.anemone.orchestrator.history.HistoryStore;
import io.anemone.orchestrator.lease.LeaseStore;
import io.anemone.orchestrator.vm.VmQuery;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Tells of violations in the history of the VMs and leases that they are about. */
@ApplicationScoped
class AuditNotes {

    private final HistoryStore history;
    private final VmQuery vms;
    private final LeaseStore leases;

    AuditNotes(HistoryStore history, VmQuery vms, LeaseStore leases) {
        this.history = history;
        this.vms = vms;
        this.leases = leases;
    }

    void found(Violation violation) {
        note(violation.subjects(), "the audit found: " + words(violation.invariant(), violation.what()));
    }

    void healed(StoredViolation violation) {
        note(violation.subjects(), "healed: " + words(violation.invariant(), violation.what()));
    }

    private static String words(Invariant invariant, String what) {
        return what + " (" + invariant + ")";
    }

    /** A node may tell of what there is no record of. */
    private void note(List<Subject> subjects, String note) {
        for (Subject subject : subjects) {
            switch (subject.kind()) {
                case VM -> vms.find(VmId.parse(subject.id())).ifPresent(vm -> history.vmNoted(vm.id(), note));
                case LEASE ->
                    leases.find(LeaseId.parse(subject.id())).ifPresent(lease -> history.leaseNoted(lease.id(), note));
                case JOB, DOMAIN, NODE -> {}
            }
        }
    }
}
