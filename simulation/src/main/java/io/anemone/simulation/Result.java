package io.anemone.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of one seed.
 *
 * @param violation what did not hold; empty if all did
 * @param ready     how many VMs were READY at some time
 */
record Result(
        long seed, Optional<String> violation, Map<Fault, Long> faults, int vms, long ready, List<String> timeline) {

    boolean holds() {
        return violation.isEmpty();
    }
}
