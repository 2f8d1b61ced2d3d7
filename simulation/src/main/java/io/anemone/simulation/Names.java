package io.anemone.simulation;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;

/** Short names for a timeline. */
final class Names {

    private Names() {}

    static String of(VmId vm) {
        return "vm-" + vm.toString().substring(0, 4);
    }

    static String of(LeaseId lease) {
        return "lease-" + lease.toString().substring(0, 4);
    }
}
