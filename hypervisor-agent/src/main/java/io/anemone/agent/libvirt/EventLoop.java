package io.anemone.agent.libvirt;

import org.libvirt.Library;
import org.libvirt.LibvirtException;

/** libvirt's event loop: one for the process, started before the first connection. */
final class EventLoop {

    private static boolean started;

    private EventLoop() {}

    static synchronized void start() throws LibvirtException {
        if (started) {
            return;
        }
        Library.initEventLoop();
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
