package io.anemone.core.lease;

import java.util.List;

/** What {@link LeaseMachine} answers to an event. */
public sealed interface LeaseStep {

    /**
     * @param next    the new state
     * @param effects what must follow
     * @param note    one line for the history; empty when only times were brought up to date
     */
    record Moved(LeaseState next, List<LeaseEffect> effects, String note) implements LeaseStep {
        public Moved {
            effects = List.copyOf(effects);
        }
    }

    /** The event says nothing new here: late, repeated, or about another job. */
    record Ignored(String why) implements LeaseStep {}
}
