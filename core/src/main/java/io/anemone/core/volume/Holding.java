package io.anemone.core.volume;

import io.anemone.core.vm.Phase;
import io.anemone.core.vm.VmId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who has a volume. Nobody gives one back: a VM holds it until the VM is over, which it is only when its last attempt
 * is known to be over. One that is silent, unreachable, suspended or waits for another attempt holds it still.
 *
 * @param vm         who took it last; null if nobody has yet
 * @param phase      where that VM is; null without one
 * @param generation how many VMs have taken it
 */
public record Holding(@Nullable VmId vm, @Nullable Phase phase, long generation) {

    public static final Holding NOBODY = new Holding(null, null, 0);

    public Holding {
        if ((vm == null) != (phase == null)) {
            throw new IllegalArgumentException("a holder has a phase, and nobody has none");
        }
    }

    /** The VM that may have a live attempt with it. */
    public Optional<VmId> holder() {
        return phase == null || phase.terminal() ? Optional.empty() : Optional.ofNullable(vm);
    }

    /**
     * The volume after {@code next}, a new VM, has taken it.
     *
     * @throws IllegalStateException if another one holds it
     */
    public Holding takenBy(VmId next) {
        if (holder().isPresent()) {
            throw new IllegalStateException("held by " + vm);
        }
        return new Holding(next, Phase.PENDING, generation + 1);
    }
}
