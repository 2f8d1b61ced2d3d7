package io.anemone.agent.vm;

import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.image.ReadinessProbe;

/** Looks for the positive evidence that a guest is usable. */
public interface ReadinessCheck {

    /** Looks at one guest, again and again. Used by one thread. */
    @FunctionalInterface
    interface Looks {
        /** Takes half a second at most. @return whether there is the evidence */
        boolean ready();
    }

    /** Begins to look at a guest whose domain runs. */
    Looks at(DomainMark mark, ReadinessProbe probe);
}
