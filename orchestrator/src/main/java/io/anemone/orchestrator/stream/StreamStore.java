package io.anemone.orchestrator.stream;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.StreamKind;
import io.anemone.core.wire.StreamOrder;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import io.anemone.orchestrator.instance.Instance;
import io.anemone.orchestrator.lease.JoinTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Which streams there are, at all orchestrators together: for their number, and for the one that the guest's agent is
 * connected to. What an agent shows when it brings one is made from its id, so that a copy of the database opens nothing.
 */
@ApplicationScoped
public class StreamStore {

    private final EntityManager entities;
    private final JoinTokens tokens;
    private final Instance self;
    private final Changes changes;
    private final StreamConfig config;
    private final Clock clock;

    StreamStore(
            EntityManager entities,
            JoinTokens tokens,
            Instance self,
            Changes changes,
            StreamConfig config,
            Clock clock) {
        this.entities = entities;
        this.tokens = tokens;
        this.self = self;
        this.changes = changes;
        this.config = config;
        this.clock = clock;
    }

    /** The streams that the agent of this lease has to bring, to whichever orchestrators. */
    @Transactional
    public List<StreamOrder> waiting(LeaseId lease) {
        return entities.createNativeQuery(
                        "select id, vm_id, attempt, kind, url from stream where lease_id = :lease and waiting order by id",
                        Object[].class)
                .setParameter("lease", lease.value())
                .getResultStream()
                .map(row -> order((Object[]) row))
                .toList();
    }

    private StreamOrder order(Object[] row) {
        UUID id = (UUID) row[0];
        return new StreamOrder(
                id,
                new VmId((UUID) row[1]),
                ((Number) row[2]).intValue(),
                StreamKind.valueOf((String) row[3]),
                (String) row[4],
                tokens.streamTokenOf(id));
    }

    /**
     * The guest's agent is told of it.
     *
     * @throws AnemoneException TOO_MANY_STREAMS
     */
    @Transactional
    void open(Opening opening) {
        // Whoever counts at the same time waits here.
        entities.createNativeQuery("select id from lease where id = :lease for update", UUID.class)
                .setParameter("lease", opening.lease().value())
                .getResultList();
        limit("vm_id", opening.vm().value(), config.perVm(), "to this VM");
        limit("lease_id", opening.lease().value(), config.perLease(), "to this VM's node");
        limit("account", opening.caller().name(), config.perUser(), "by you");
        entities.createNativeQuery("""
                        insert into stream (id, vm_id, attempt, lease_id, kind, account, orchestrator, url, waiting,
                            opened_at)
                        values (:id, :vm, :attempt, :lease, :kind, :account, :orchestrator, :url, true, :now)""")
                .setParameter("id", opening.id())
                .setParameter("vm", opening.vm().value())
                .setParameter("attempt", opening.attempt())
                .setParameter("lease", opening.lease().value())
                .setParameter("kind", opening.kind().name())
                .setParameter("account", opening.caller().name())
                .setParameter("orchestrator", self.id())
                .setParameter("url", config.url().toString())
                .setParameter("now", clock.instant())
                .executeUpdate();
        changes.afterCommit(new Change.AgentSync(opening.lease()));
    }

    private void limit(String column, Object value, int most, String what) {
        Number open = (Number)
                entities.createNativeQuery("select count(*) from stream where " + column + " = :value", Long.class)
                        .setParameter("value", value)
                        .getSingleResult();
        if (open.intValue() >= most) {
            throw new AnemoneException(
                    ErrorCode.TOO_MANY_STREAMS,
                    "There are " + open + " connections open " + what + ": close one that you do not need.");
        }
    }

    /** The agent has brought it. */
    @Transactional
    void brought(UUID id) {
        entities.createNativeQuery("update stream set waiting = false where id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    @Transactional
    void closed(UUID id) {
        entities.createNativeQuery("delete from stream where id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Whatever else stands here as open at this orchestrator is not: its end could not be written down. */
    @Transactional
    void onlyOpen(Collection<UUID> open) {
        List<?> rows = entities.createNativeQuery(
                        "select id from stream where orchestrator = :self and opened_at < :before", UUID.class)
                .setParameter("self", self.id())
                .setParameter("before", clock.instant().minus(config.agentWait()))
                .getResultList();
        rows.stream().map(UUID.class::cast).filter(id -> !open.contains(id)).forEach(this::closed);
    }
}
