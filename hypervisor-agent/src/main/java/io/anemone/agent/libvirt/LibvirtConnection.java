package io.anemone.agent.libvirt;

import io.anemone.agent.link.Backoff;
import io.anemone.core.hypervisor.HypervisorException;
import io.anemone.core.hypervisor.HypervisorFailure;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.libvirt.LibvirtException;

/** Keeps a connection to libvirt open, on a thread of its own: a caller gets the current one or a clear refusal. */
final class LibvirtConnection implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LibvirtConnection.class.getName());
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final String uri;
    private final DomainEvents listener;
    private final Runnable daemon;
    private final Runnable changed;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
    private final Thread thread;
    private @Nullable LibvirtSession current;
    private String whyNot = "not connected yet";
    private boolean closed;

    LibvirtConnection(String uri, DomainEvents listener, Runnable daemon, Runnable changed) {
        this.uri = uri;
        this.listener = listener;
        this.daemon = daemon;
        this.changed = changed;
        this.thread = Thread.ofPlatform().daemon().name("libvirt-connection").start(this::run);
    }

    synchronized LibvirtSession session() {
        LibvirtSession session = current;
        if (session == null) {
            throw new HypervisorException(new HypervisorFailure.Unavailable(whyNot));
        }
        return session;
    }

    synchronized boolean await(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (current == null && !closed) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !closed;
    }

    /** A caller found it dead. */
    synchronized void lost(LibvirtSession session) {
        if (current == session) {
            current = null;
            whyNot = "the connection was lost";
            notifyAll();
        }
    }

    @Override
    public void close() {
        LibvirtSession last;
        synchronized (this) {
            closed = true;
            last = current;
            current = null;
            whyNot = "closed";
            notifyAll();
        }
        thread.interrupt();
        if (last != null) {
            giveUp(last);
        }
    }

    private void run() {
        try {
            while (!isClosed()) {
                LibvirtSession session = connect();
                if (session != null) {
                    backoff.reset();
                    changed.run();
                    watch(session);
                    giveUp(session);
                }
                Thread.sleep(backoff.next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable LibvirtSession connect() {
        try {
            daemon.run();
            LibvirtSession session = LibvirtSession.open(uri, listener);
            synchronized (this) {
                if (!closed) {
                    current = session;
                    notifyAll();
                    return session;
                }
            }
            giveUp(session);
        } catch (LibvirtException | RuntimeException e) {
            synchronized (this) {
                whyNot = String.valueOf(e.getMessage());
            }
            LOG.log(Level.INFO, "cannot connect to libvirt yet (uri: " + uri + "): " + e.getMessage());
        }
        return null;
    }

    private synchronized void watch(LibvirtSession session) throws InterruptedException {
        while (current == session) {
            if (!session.alive()) {
                LOG.log(Level.WARNING, "libvirt's connection was lost; guests run on (uri: " + uri + ")");
                lost(session);
                return;
            }
            wait(LOOK_EVERY.toMillis());
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** On a thread of its own: closing a connection whose peer hangs may hang too. */
    private static void giveUp(LibvirtSession session) {
        Thread.ofPlatform().daemon().name("libvirt-close").start(() -> {
            try {
                session.close();
            } catch (LibvirtException e) {
                LOG.log(Level.DEBUG, "closing a connection: " + e.getMessage());
            }
        });
    }
}
