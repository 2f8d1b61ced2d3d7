package io.anemone.orchestrator.time;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread; any number of signals before it wakes are one. */
public final class Signal {

    private final Semaphore raised = new Semaphore(0);

    public void raise() {
        if (raised.availablePermits() == 0) {
            raised.release();
        }
    }

    public void raiseIf(boolean condition) {
        if (condition) {
            raise();
        }
    }

    /**
     * Waits for a signal, or until {@code limit} has passed.
     *
     * @return false if the thread was interrupted: it shall end
     */
    public boolean await(Duration limit) {
        try {
            raised.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
            raised.drainPermits();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Sleeps, whatever is signalled meanwhile.
     *
     * @return false if the thread was interrupted: it shall end
     */
    public static boolean pause(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
