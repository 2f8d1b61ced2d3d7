package io.anemone.core.audit;

import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmId;
import java.time.Instant;

/**
 * Memory and disk of a VM that is over, which an agent of their account was to remove, and none has said that it did.
 *
 * @param path  tells whose account that is
 * @param since when the VM was over
 */
public record KeptSave(VmId vm, LaunchPath path, String owner, Instant since) {

    /** The account that the VM's jobs ran as. */
    String account() {
        return switch (path) {
            case STATIC -> "the pools' account";
            case SCHEDULED, DIRECT -> "the account " + owner;
        };
    }
}
