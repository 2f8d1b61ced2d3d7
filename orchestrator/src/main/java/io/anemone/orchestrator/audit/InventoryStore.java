package io.anemone.orchestrator.audit;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What agents last told of their nodes, for every orchestrator to see. The agent of a user's own job is believed only
 * what is its user's: nobody can raise an alarm about what belongs to others.
 */
@ApplicationScoped
public class InventoryStore {

    private final EntityManager entities;
    private final Clock clock;
    private final Changes changes;

    InventoryStore(EntityManager entities, Clock clock, Changes changes) {
        this.entities = entities;
        this.clock = clock;
        this.changes = changes;
    }

    /**
     * @param items all that the agent of this lease told of: what it told before and does not any more is gone. Empty
     *              while the agent cannot tell: then what it told before stands
     */
    @Transactional
    public void told(LeaseId lease, Optional<? extends Collection<NodeItem>> items) {
        Instant now = clock.instant();
        forgetEnded();
        entities.createNativeQuery("""
                        insert into inventory (lease_id, known, changed_at) values (:lease, :known, :now)
                        on conflict (lease_id) do update set known = excluded.known, changed_at = excluded.changed_at""")
                .setParameter("lease", lease.value())
                .setParameter("known", items.isPresent())
                .setParameter("now", now)
                .executeUpdate();
        items.ifPresent(all -> rewrite(lease, all, now));
        changes.afterCommit(new Change.Inventory(lease));
    }

    /** Of leases that are over: with the job, all that its agent told of ended. */
    private void forgetEnded() {
        for (String table : List.of("inventory_item", "inventory")) {
            entities.createNativeQuery("delete from " + table + " i using lease l"
                            + " where l.id = i.lease_id and l.phase in ('RELEASED', 'FAILED')")
                    .executeUpdate();
        }
    }

    /** What was there before keeps the time at which it was first told of. */
    private void rewrite(LeaseId lease, Collection<NodeItem> items, Instant now) {
        Map<NodeItem, Instant> since = new HashMap<>();
        entities.createNativeQuery(
                        "delete from inventory_item where lease_id = :lease returning vm_id, attempt, marked_lease, since",
                        Object[].class)
                .setParameter("lease", lease.value())
                .getResultStream()
                .forEach(row -> since.put(item((Object[]) row), (Instant) ((Object[]) row)[3]));
        items.stream().distinct().forEach(item -> insert(lease, item, since.getOrDefault(item, now)));
    }

    private static NodeItem item(Object[] row) {
        UUID marked = (UUID) row[2];
        return new NodeItem(
                new VmId((UUID) row[0]), ((Number) row[1]).intValue(), marked == null ? null : new LeaseId(marked));
    }

    private void insert(LeaseId lease, NodeItem item, Instant since) {
        LeaseId marked = item.marked();
        entities.createNativeQuery("""
                        insert into inventory_item (lease_id, kind, vm_id, attempt, marked_lease, since)
                        select l.id, :kind, :vm, :attempt, cast(:marked as uuid), :since
                        from lease l left join vm v on v.id = :vm
                        where l.id = :lease and (l.path = 'STATIC' or v.owner = l.owner)
                        on conflict do nothing""")
                .setParameter("kind", marked == null ? "FILES" : "DOMAIN")
                .setParameter("vm", item.vm().value())
                .setParameter("attempt", item.attempt())
                .setParameter("marked", marked == null ? null : marked.toString())
                .setParameter("since", since)
                .setParameter("lease", lease.value())
                .executeUpdate();
    }
}
