package io.anemone.core.vm;

import java.util.List;

/** What {@link VmMachine} answers to an event. */
public sealed interface VmStep {

    /**
     * @param next    the new state
     * @param effects what must follow
     * @param note    one line for the history
     */
    record Moved(VmState next, List<VmEffect> effects, String note) implements VmStep {
        public Moved {
            effects = List.copyOf(effects);
        }
    }

    /** The event says nothing new here: late, repeated, or about another attempt or lease. */
    record Ignored(String why) implements VmStep {}
}
