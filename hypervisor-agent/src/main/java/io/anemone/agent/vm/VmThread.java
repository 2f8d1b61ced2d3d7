package io.anemone.agent.vm;

import java.lang.System.Logger.Level;
import java.time.Duration;

/** The thread of one VM: steps when something happened, or when the last step said so. */
final class VmThread {

    private static final System.Logger LOG = System.getLogger(VmThread.class.getName());
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);
    private static final Duration CONSOLE = Duration.ofSeconds(1);

    private final VmSupervisor supervisor;
    private boolean woken;

    VmThread(VmSupervisor supervisor) {
        this.supervisor = supervisor;
        Thread.ofPlatform().daemon().name("vm-" + supervisor.id().name()).start(this::run);
    }

    VmSupervisor supervisor() {
        return supervisor;
    }

    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    private void run() {
        try {
            while (!supervisor.over()) {
                await(step());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A fault in one VM's supervision is told and tried again: it must not leave the guest without an owner. */
    private Duration step() {
        try {
            return supervisor.step();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "supervision of " + supervisor.id() + " failed; trying again", e);
            return AFTER_FAULT;
        }
    }

    private synchronized void await(Duration longest) throws InterruptedException {
        long limit = Math.min(longest.toMillis(), CONSOLE.toMillis());
        if (!woken && limit > 0) {
            wait(limit);
        }
        woken = false;
    }
}
