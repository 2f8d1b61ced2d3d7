package io.anemone.core.audit;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.plan.Snapshot;
import java.util.List;

/**
 * All that an audit is made from, as of one moment.
 *
 * @param snapshot  what lives, and the newest job listing
 * @param domains   what agents told of
 * @param leftovers likewise
 * @param silent    leases that VMs can be on and whose agent cannot tell at the moment what is on its node
 * @param named     every recorded lease that a job of the listing is named after
 * @param records   what was found in the records themselves
 */
public record Facts(
        Snapshot snapshot,
        List<SeenDomain> domains,
        List<Leftover> leftovers,
        List<LeaseId> silent,
        List<LeaseFate> named,
        Records records) {

    public Facts {
        domains = List.copyOf(domains);
        leftovers = List.copyOf(leftovers);
        silent = List.copyOf(silent);
        named = List.copyOf(named);
    }

    /** What is wrong within the database, whatever the world is like. */
    public record Records(
            List<OverdueEffect> effects, List<BrokenHistory> histories, List<UnprovenEnd> ends, List<KeptSave> kept) {
        public Records {
            effects = List.copyOf(effects);
            histories = List.copyOf(histories);
            ends = List.copyOf(ends);
            kept = List.copyOf(kept);
        }
    }
}
