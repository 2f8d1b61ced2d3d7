package io.anemone.orchestrator.effect;

/** The claim on an effect has run out, or is about to: another orchestrator has the effect, or will. */
public final class ClaimLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClaimLostException(Effect effect) {
        super("the claim is lost (effect: " + effect.id() + ", lease: " + effect.lease() + ", try: " + effect.tries()
                + ")");
    }
}
