package io.anemone.orchestrator.vm;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.plan.VmView;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.Discard;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.lease.LeaseQuery;
import io.anemone.orchestrator.lease.LeaseRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads VMs. */
@ApplicationScoped
public class VmQuery {

    /** Enough for one message; the rest follows when these are gone. */
    private static final int MOST_DISCARDS = 200;

    private static final String LIVE = "state.phase not in (STOPPED, FAILED)";

    private final EntityManager entities;
    private final LeaseQuery leases;

    VmQuery(EntityManager entities, LeaseQuery leases) {
        this.entities = entities;
        this.leases = leases;
    }

    @Transactional
    public Optional<VmRecord> find(VmId id) {
        return Optional.ofNullable(entities.find(VmEntity.class, id.value()))
                .map(vm -> toRecords(List.of(vm)).getFirst());
    }

    /** @throws AnemoneException NOT_FOUND: another's VM is as absent as one that never was */
    public VmRecord seenBy(Caller caller, VmId id) {
        return find(id).filter(vm -> caller.sees(vm.spec().owner()))
                .orElseThrow(() -> new AnemoneException(
                        ErrorCode.NOT_FOUND, "There is no such VM, or it is not yours (vm: " + id + ")."));
    }

    /** Newest first. */
    @Transactional
    public List<VmRecord> list(VmFilter filter) {
        List<String> where = new ArrayList<>();
        where.add("1 = 1");
        addIf(where, filter.owner(), "owner = :owner");
        addIf(where, filter.phase(), "state.phase = :phase");
        addIf(where, filter.path(), "path = :path");
        addIf(where, filter.activeOnly() ? filter : null, LIVE);
        addIf(where, filter.after(), "(createdAt < :at or (createdAt = :at and id < :id))");
        TypedQuery<VmEntity> query = entities.createQuery(
                        "from VmEntity where " + String.join(" and ", where) + " order by createdAt desc, id desc",
                        VmEntity.class)
                .setMaxResults(filter.limit());
        set(query, "owner", filter.owner());
        set(query, "phase", filter.phase());
        set(query, "path", filter.path());
        VmFilter.Position after = filter.after();
        if (after != null) {
            query.setParameter("at", after.createdAt());
            query.setParameter("id", after.id().value());
        }
        return toRecords(query.getResultList());
    }

    /** The VMs that are on a lease now and not over. */
    @Transactional
    public List<VmRecord> on(LeaseId lease) {
        return toRecords(entities.createQuery(
                        "from VmEntity where state.leaseId = :lease and " + LIVE + " order by createdAt",
                        VmEntity.class)
                .setParameter("lease", lease.value())
                .getResultList());
    }

    /** For the planner: every VM that is not over, oldest first. */
    @Transactional
    public List<VmView> views() {
        return entities.createQuery("from VmEntity where " + LIVE + " order by createdAt, id", VmEntity.class)
                .getResultStream()
                .map(VmEntity::toView)
                .toList();
    }

    /**
     * What was saved where the agent of such a lease can remove it, and is of no use any more: in the home of a user, or
     * in the one place of all pools.
     */
    @Transactional
    public List<Discard> discards(LeaseSpec lease) {
        boolean pool = lease.path() == LaunchPath.STATIC;
        return entities.createQuery(
                        "from VmEntity where keptAttempt is not null and state.savedAttempt is null"
                                + " and (keptAttempt < state.attempt or state.phase in (STOPPED, FAILED))"
                                + " and path = :path and (:pool = true or owner = :owner) order by createdAt",
                        VmEntity.class)
                .setParameter("path", pool ? LaunchPath.STATIC : LaunchPath.SCHEDULED)
                .setParameter("pool", pool)
                .setParameter("owner", lease.owner())
                .setMaxResults(MOST_DISCARDS)
                .getResultStream()
                .map(vm -> new Discard(vm.vmId(), Objects.requireNonNull(vm.keptAttempt)))
                .toList();
    }

    /** Those of {@link #views} that are on a lease of this pool. */
    @Transactional
    public List<VmView> viewsIn(String pool) {
        return entities.createQuery(
                        "from VmEntity where pool = :pool and state.leaseId is not null and " + LIVE, VmEntity.class)
                .setParameter("pool", pool)
                .getResultStream()
                .map(VmEntity::toView)
                .toList();
    }

    /** What the VMs boot from that wait for room in a pool. */
    @Transactional
    public List<String> imagesWaitingFor(String pool) {
        return entities.createQuery(
                        "select distinct image from VmEntity where pool = :pool and state.phase = :pending",
                        String.class)
                .setParameter("pool", pool)
                .setParameter("pending", Phase.PENDING)
                .getResultList();
    }

    private List<VmRecord> toRecords(List<VmEntity> vms) {
        List<UUID> ids = vms.stream()
                .map(vm -> vm.state.leaseId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<UUID, LeaseRecord> byId = leases.byId(ids);
        return vms.stream().map(vm -> vm.toRecord(byId.get(vm.state.leaseId))).toList();
    }

    private static void addIf(List<String> where, @Nullable Object wanted, String condition) {
        if (wanted != null) {
            where.add(condition);
        }
    }

    private static void set(TypedQuery<VmEntity> query, String parameter, @Nullable Object value) {
        if (value != null) {
            query.setParameter(parameter, value);
        }
    }
}
