package io.anemone.orchestrator.effect;

import io.anemone.core.scheduler.SchedulerUnavailableException;

/** Carries out one kind of effect. */
public interface EffectHandler {

    EffectKind kind();

    /**
     * Does the effect outside any transaction; repeating it must be harmless.
     *
     * @param claim to be confirmed before what is not harmless to do twice at once
     * @return what to do in the transaction that settles the effect
     * @throws SchedulerUnavailableException if it is unclear whether it was done: it will be tried again
     */
    Runnable perform(Effect effect, Claim claim);

    /** It could not be done; it will be tried again. In a transaction of its own. */
    void unavailable(Effect effect, SchedulerUnavailableException why);
}
