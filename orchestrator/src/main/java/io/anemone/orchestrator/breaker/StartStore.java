package io.anemone.orchestrator.breaker;

import io.anemone.core.breaker.AttemptOutcome;
import io.anemone.core.breaker.Breakers;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.vm.VmEffect;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSpec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** How starts went: of VMs' attempts, and of pools' leases, whose rows say it themselves. */
@ApplicationScoped
public class StartStore {

    /** Twice the longest rest that a breaker gives by default: what is older decides nothing. */
    private static final Duration RECENT = Duration.ofHours(2);

    private static final int MOST = 500;

    private final EntityManager entities;
    private final Clock clock;
    private final BreakerConfig config;

    StartStore(EntityManager entities, Clock clock, BreakerConfig config) {
        this.entities = entities;
        this.clock = clock;
        this.config = config;
    }

    /** Writes down how an attempt's start went, with the node and account of its lease. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void judged(VmId vm, VmSpec spec, VmEffect.StartJudged start) {
        entities.createNativeQuery("""
                        insert into start_outcome (vm_id, attempt, at, account, node, image, partition, failure_code)
                        select :vm, :attempt, :at, owner, node, :image, partition, :failure from lease where id = :lease
                        on conflict do nothing""")
                .setParameter("vm", vm.value())
                .setParameter("attempt", start.attempt())
                .setParameter("at", clock.instant())
                .setParameter("image", spec.image())
                .setParameter(
                        "failure",
                        start.failure() == null ? null : start.failure().code().name())
                .setParameter("lease", start.lease().value())
                .executeUpdate();
    }

    /** The newest of the last hours. */
    @Transactional
    public List<AttemptOutcome> recent() {
        List<?> rows = entities.createNativeQuery("""
                        select at, vm_id, account, node, image, partition, failure_code
                        from start_outcome where at > :since
                        union all
                        select active_at, null, owner, node, null, partition, null
                        from lease where pool is not null and active_at > :since
                        union all
                        select ended_at, null, owner, node, null, partition, end_failure_code
                        from lease where pool is not null and ended_at > :since and end_failure_code = 'AGENT_NEVER_JOINED'
                        order by 1 desc limit :most""", Object[].class)
                .setParameter("since", clock.instant().minus(RECENT))
                .setParameter("most", MOST)
                .getResultList();
        return rows.stream().map(row -> outcome((Object[]) row)).toList();
    }

    /** The breakers as they are now. */
    @Transactional
    public Breakers breakers() {
        return new Breakers(recent(), config.limits(), config.serviceUser(), clock.instant());
    }

    private static AttemptOutcome outcome(Object[] row) {
        return new AttemptOutcome(
                (Instant) row[0],
                row[1] == null ? null : new VmId((UUID) row[1]),
                (String) row[2],
                (String) row[3],
                (String) row[4],
                (String) row[5],
                row[6] == null ? null : ErrorCode.valueOf((String) row[6]));
    }
}
