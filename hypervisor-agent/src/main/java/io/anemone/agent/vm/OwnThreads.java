package io.anemone.agent.vm;

/** A platform thread for each VM and for each start: one that hangs in libvirt holds up no other. */
public final class OwnThreads implements VmThreads {

    @Override
    public void start(Runnable task) {
        Thread.ofPlatform().daemon().name("start").start(task);
    }

    @Override
    public Runnable drive(VmSupervisor supervisor) {
        VmThread thread = new VmThread(supervisor);
        return thread::wake;
    }
}
