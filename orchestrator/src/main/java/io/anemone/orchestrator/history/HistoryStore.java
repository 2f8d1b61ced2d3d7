package io.anemone.orchestrator.history;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeasePhase;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.VmId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The event history. It is only ever added to, in the transaction of what happened. */
@ApplicationScoped
public class HistoryStore {

    private final EntityManager entities;
    private final Clock clock;

    HistoryStore(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public void vmMoved(VmId vm, @Nullable Phase from, Phase to, String note, @Nullable String actor) {
        add("vm", vm, null, from == null ? null : from.name(), to.name(), note, actor);
    }

    /** Something worth telling that changed no phase. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void vmNoted(VmId vm, String note) {
        vmNoted(vm, note, null);
    }

    /** As {@link #vmNoted(VmId, String)}, by somebody. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void vmNoted(VmId vm, String note, @Nullable String actor) {
        add("vm", vm, null, null, null, note, actor);
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public void leaseMoved(
            LeaseId lease, @Nullable LeasePhase from, LeasePhase to, String note, @Nullable String actor) {
        add("lease", null, lease, from == null ? null : from.name(), to.name(), note, actor);
    }

    /** Something worth telling that changed no phase. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void leaseNoted(LeaseId lease, String note) {
        add("lease", null, lease, null, null, note, null);
    }

    /**
     * All of a VM and of its leases, oldest first; of a lease that it shares, only what happened in its own time. By
     * time, for orchestrators have blocks of numbers of their own.
     */
    @Transactional
    public List<HistoryEvent> ofVm(VmId vm) {
        return entities.createNativeQuery("""
                        select e.* from event e
                        where (e.kind = 'vm' and e.vm_id = :vm)
                           or (e.kind = 'lease' and e.lease_id in (select l.id from lease l where l.vm_id = :vm))
                           or (e.kind = 'lease' and exists (
                                  select 1 from vm v where v.id = :vm and v.lease_id = e.lease_id
                                     and e.at >= v.created_at and (v.ended_at is null or e.at <= v.ended_at)))
                        order by e.at, e.id""", EventEntity.class)
                .setParameter("vm", vm.value())
                .getResultStream()
                .map(e -> ((EventEntity) e).toRecord())
                .toList();
    }

    private void add(
            String kind,
            @Nullable VmId vm,
            @Nullable LeaseId lease,
            @Nullable String from,
            @Nullable String to,
            String note,
            @Nullable String actor) {
        EventEntity event = new EventEntity();
        event.at = clock.instant();
        event.kind = kind;
        event.vmId = vm == null ? null : vm.value();
        event.leaseId = lease == null ? null : lease.value();
        event.fromPhase = from;
        event.toPhase = to;
        event.note = note;
        event.actor = actor;
        entities.persist(event);
    }
}
