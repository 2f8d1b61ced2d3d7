package io.anemone.agent.libvirt;

import org.libvirt.Connect;
import org.libvirt.Library;
import org.libvirt.LibvirtException;
import org.libvirt.jna.Libvirt;

/** libvirt's event loop: one for the process, started before the first connection. */
final class EventLoop {

    /** Errors reach us as exceptions; libvirt would also print them. Kept here, for native code holds no reference. */
    private static final Libvirt.VirErrorCallback SILENT = (data, error) -> {};

    private static boolean started;

    private EventLoop() {}

    static synchronized void start() throws LibvirtException {
        if (started) {
            return;
        }
        Library.initEventLoop();
        Connect.setErrorCallback(SILENT);
        Thread.ofPlatform().daemon().name("libvirt-events").start(EventLoop::run);
        started = true;
    }

    private static void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Library.processEvent();
            } catch (LibvirtException e) {
                System.getLogger(EventLoop.class.getName())
                        .log(System.Logger.Level.WARNING, "libvirt's event loop: " + e.getMessage());
            }
        }
    }
}
