package io.anemone.agent.vm;

/** Where an agent's work on VMs is done: each piece on a thread of its own ({@link OwnThreads}), or in simulated time. */
public interface VmThreads {

    /** Runs what may block for as long as the hypervisor does. */
    void start(Runnable task);

    /**
     * Steps a VM's supervisor until it is over: when something happened, and when the last step said so.
     *
     * @return to be called when something happened; safe for use by many threads
     */
    Runnable drive(VmSupervisor supervisor);
}
