package io.anemone.orchestrator.request;

import io.anemone.core.lease.PoolSpec;
import io.anemone.orchestrator.problem.FieldException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Makes a {@link PoolSpec} of what an operator wrote, or refuses it by field. */
@ApplicationScoped
public class PoolRequestParser {

    private static final int MAX_LEASES = 10_000;
    private static final Duration WALLTIME = Duration.ofDays(1);
    private static final Duration RENEW = Duration.ofHours(1);
    /** A walltime that nobody chose and that the partition does not allow is cut; so is the time to renew. */
    private static final int RENEW_PART = 4;

    private final SiteLimits limits;

    public PoolRequestParser(SiteLimits limits) {
        this.limits = limits;
    }

    /** @param known the pool as it is, if it is there */
    public PoolSpec parse(String name, RequestedPool request, Optional<PoolSpec> known) {
        String checked = Texts.word("name", name);
        if (checked == null) {
            throw FieldException.invalid("name", "Give the pool a name.");
        }
        if (request.leases() == null) {
            throw FieldException.invalid("leases", "Say how many leases the pool shall hold; 0 for none.");
        }
        int leases = Texts.whole("leases", request.leases(), 0, MAX_LEASES);
        String partition = request.partition() == null
                ? known.map(PoolSpec::partition).orElse(null)
                : Texts.word("partition", request.partition());
        Duration chosen = Texts.walltime("walltime", request.walltime());
        Duration walltime = limits.poolWalltime(
                partition, chosen, known.map(PoolSpec::walltime).orElse(WALLTIME));
        return new PoolSpec(checked, leases, partition, walltime, renew(request, known, walltime));
    }

    private static Duration renew(RequestedPool request, Optional<PoolSpec> known, Duration walltime) {
        Duration chosen = Texts.walltime("renewBefore", request.renewBefore());
        if (chosen == null) {
            Duration before = known.map(PoolSpec::renew).orElse(RENEW);
            return before.compareTo(walltime) < 0 ? before : walltime.dividedBy(RENEW_PART);
        }
        if (chosen.compareTo(walltime) >= 0) {
            throw FieldException.invalid(
                    "renewBefore", "The field renewBefore must be less than the walltime, which is " + walltime + ".");
        }
        return chosen;
    }
}
