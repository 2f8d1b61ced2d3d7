package io.anemone.simulation;

/** Whether a process is still there. What was to happen in it does not when it is gone, and later when it is frozen. */
final class Life {

    private boolean over;
    private long frozenUntil;

    void end() {
        over = true;
    }

    boolean over() {
        return over;
    }

    void freezeUntil(long time) {
        frozenUntil = Math.max(frozenUntil, time);
    }

    long frozenUntil() {
        return frozenUntil;
    }
}
