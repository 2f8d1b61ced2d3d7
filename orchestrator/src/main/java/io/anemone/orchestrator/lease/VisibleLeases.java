package io.anemone.orchestrator.lease;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;
import io.anemone.orchestrator.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Leases as far as somebody may see them: operators all, users those that serve or served a VM of theirs. */
@ApplicationScoped
public class VisibleLeases {

    static final int MAX = 500;

    private final EntityManager entities;
    private final LeaseStore store;
    private final LeaseQuery query;
    private final Clock clock;

    VisibleLeases(EntityManager entities, LeaseStore store, LeaseQuery query, Clock clock) {
        this.entities = entities;
        this.store = store;
        this.query = query;
        this.clock = clock;
    }

    /** The newest, newest first. */
    @Transactional
    public List<LeaseJson> list(Caller caller, boolean activeOnly) {
        if (caller.operator()) {
            return query.list(activeOnly, MAX).stream()
                    .map(lease -> LeaseJson.of(lease, lease.vms(), clock.instant()))
                    .toList();
        }
        List<UUID> ids = ids(caller.name(), activeOnly);
        Map<UUID, LeaseRecord> leases = query.byId(ids);
        Map<UUID, List<VmId>> own = ownVms(caller.name());
        return ids.stream()
                .map(leases::get)
                .filter(Objects::nonNull)
                .map(lease -> LeaseJson.of(lease, own.getOrDefault(lease.id().value(), List.of()), clock.instant()))
                .toList();
    }

    /** Empty if there is none, or none that the caller may see. */
    @Transactional
    public Optional<LeaseJson> find(Caller caller, LeaseId id) {
        return store.find(id).flatMap(lease -> tell(caller, lease, owners(id)));
    }

    /** For many callers at once. */
    @Transactional
    public Optional<Everyone> forEveryone(LeaseId id) {
        return store.find(id).map(lease -> new Everyone(this, lease, owners(id)));
    }

    /** One lease, to be told to several callers. */
    public record Everyone(VisibleLeases leases, LeaseRecord lease, Map<String, List<VmId>> owners) {

        /** Empty if this caller may not see it. */
        public Optional<LeaseJson> to(Caller caller) {
            return leases.tell(caller, lease, owners);
        }
    }

    private Optional<LeaseJson> tell(Caller caller, LeaseRecord lease, Map<String, List<VmId>> owners) {
        if (caller.operator()) {
            return Optional.of(LeaseJson.of(lease, lease.vms(), clock.instant()));
        }
        List<VmId> own = owners.get(caller.name());
        if (own == null) {
            return Optional.empty();
        }
        List<VmId> live = own.stream().filter(lease.vms()::contains).toList();
        return Optional.of(LeaseJson.of(lease, live, clock.instant()));
    }

    /** Whose VMs are, or were last, on a lease. */
    private Map<String, List<VmId>> owners(LeaseId lease) {
        Map<String, List<VmId>> vms = new HashMap<>();
        for (Object[] row : rows("""
                select owner, id from vm
                where lease_id = :lease or id = (select vm_id from lease where id = :lease)""", Map.of("lease", lease.value()))) {
            vms.computeIfAbsent((String) row[0], k -> new ArrayList<>()).add(new VmId((UUID) row[1]));
        }
        return vms;
    }

    private Map<UUID, List<VmId>> ownVms(String owner) {
        Map<UUID, List<VmId>> vms = new HashMap<>();
        for (Object[] row : rows("""
                select lease_id, id from vm
                where owner = :owner and lease_id is not null and phase not in ('STOPPED', 'FAILED')
                order by created_at""", Map.of("owner", owner))) {
            vms.computeIfAbsent((UUID) row[0], k -> new ArrayList<>()).add(new VmId((UUID) row[1]));
        }
        return vms;
    }

    private List<UUID> ids(String owner, boolean activeOnly) {
        return rows("""
                select l.id, l.created_at from lease l
                where exists (select 1 from vm v where v.owner = :owner and (v.lease_id = l.id or v.id = l.vm_id))
                  and (not :active or l.phase not in ('RELEASED', 'FAILED'))
                order by l.created_at desc, l.id desc limit %d""".formatted(MAX), Map.of("owner", owner, "active", activeOnly)).stream()
                .map(row -> (UUID) row[0])
                .toList();
    }

    private List<Object[]> rows(String sql, Map<String, Object> parameters) {
        var query = entities.createNativeQuery(sql, Object[].class);
        parameters.forEach(query::setParameter);
        List<?> rows = query.getResultList();
        return rows.stream().map(Object[].class::cast).toList();
    }
}
