package io.anemone.core.wire;

import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmId;

/**
 * An attempt that an agent shall end: the only thing that lets it end a guest, besides its lease's end.
 *
 * @param graceSeconds how long the guest may take to shut down by itself before it is destroyed
 */
public record StopOrder(VmId vm, int attempt, StopReason reason, int graceSeconds) {}
