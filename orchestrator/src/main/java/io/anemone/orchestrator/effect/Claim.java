package io.anemone.orchestrator.effect;

/** The right to carry out an effect; it ends by itself, for whoever holds it may be dead. */
@FunctionalInterface
public interface Claim {

    /**
     * To be asked right before anything that must not be done by two: this process may have been frozen since it
     * claimed, and another one be at it.
     *
     * @throws ClaimLostException if the database does not say that the claim still holds for long enough
     */
    void confirm();
}
