package io.anemone.orchestrator.image;

import io.anemone.core.vm.VmId;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with the saving of a VM's disk. Told within the transaction of what happened.
 *
 * @param note  for its history; null if there is nothing to be kept
 * @param hint  for its record, for now; null when it is over
 * @param actor account behind it; null for none
 */
public record SaveNews(
        VmId vm,
        int attempt,
        @Nullable String note,
        @Nullable String hint,
        @Nullable String actor) {}
