package io.anemone.orchestrator.vm;

import io.anemone.core.vm.VmEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent said of one attempt.
 *
 * @param startedAt when the domain ran, by the node's clock
 * @param readyAt   when the guest was usable, by the node's clock
 * @param adopted   whether a restarted agent took the domain over
 * @param event     what that means for the VM, or null if nothing new can follow from it
 */
public record VmObservation(
        int attempt,
        @Nullable Instant startedAt,
        @Nullable Instant readyAt,
        List<String> warnings,
        boolean adopted,
        @Nullable VmEvent event) {

    private static final int MAX_WARNINGS = 20;

    public VmObservation {
        warnings = warnings.stream().limit(MAX_WARNINGS).toList();
    }

    /** @return whether something changed */
    boolean writeTo(VmEntity vm, Instant now) {
        boolean changed = false;
        if (vm.startedAt == null && startedAt != null) {
            vm.startedAt = plausible(startedAt, vm.createdAt, now);
            changed = true;
        }
        if (vm.readyAt == null && readyAt != null) {
            vm.readyAt = plausible(readyAt, vm.createdAt, now);
            changed = true;
        }
        if (!vm.warnings.equals(warnings)) {
            vm.warnings = warnings;
            changed = true;
        }
        return changed;
    }

    /** A node's clock may be off: nothing happens before the VM was asked for, nor in the future. */
    private static Instant plausible(Instant said, Instant earliest, Instant now) {
        return said.isBefore(earliest) || said.isAfter(now) ? now : said;
    }
}
