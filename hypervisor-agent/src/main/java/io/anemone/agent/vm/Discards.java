package io.anemone.agent.vm;

import io.anemone.core.wire.Discard;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Removes what was saved and is of no use any more, whoever saved it. Safe for use by many threads. */
final class Discards {

    private static final System.Logger LOG = System.getLogger(Discards.class.getName());

    private final VmParts parts;
    private final Runnable changed;
    private final Set<Discard> wanted = new HashSet<>();
    private final Set<Discard> busy = new HashSet<>();
    private final Set<Discard> done = new HashSet<>();

    Discards(VmParts parts, Runnable changed) {
        this.parts = parts;
        this.changed = changed;
    }

    /** The newest orders; what fails is tried again with the next. */
    synchronized void want(List<Discard> orders) {
        wanted.clear();
        wanted.addAll(orders);
        done.retainAll(wanted);
        for (Discard order : orders) {
            if (!done.contains(order) && busy.add(order)) {
                parts.threads().start(() -> discard(order));
            }
        }
    }

    synchronized List<Discard> done() {
        return List.copyOf(done);
    }

    private void discard(Discard order) {
        boolean gone = false;
        try {
            parts.saved().discard(order);
            gone = true;
        } catch (IOException e) {
            LOG.log(Level.WARNING, "saved files are still there " + parts.identity(order.vm()) + ": " + e.getMessage());
        }
        synchronized (this) {
            busy.remove(order);
            if (gone && wanted.contains(order)) {
                done.add(order);
            }
        }
        if (gone) {
            changed.run();
        }
    }
}
