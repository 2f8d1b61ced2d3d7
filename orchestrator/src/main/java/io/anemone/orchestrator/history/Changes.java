package io.anemone.orchestrator.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Tells the parts of this process what a commit changed: one of its own right after it, one of another orchestrator as
 * soon as that is heard of. A hint: who misses one finds out by looking, for the database is the truth.
 */
@ApplicationScoped
public class Changes {

    private static final Logger LOG = Logger.getLogger(Changes.class);

    private final TransactionSynchronizationRegistry transactions;
    private final Announcer announcer;
    private final List<Consumer<Change>> here = new CopyOnWriteArrayList<>();
    private final List<Consumer<Change>> anywhere = new CopyOnWriteArrayList<>();

    Changes(TransactionSynchronizationRegistry transactions, Announcer announcer) {
        this.transactions = transactions;
        this.announcer = announcer;
    }

    /** Stops listening when closed. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** @param listener called on the committing thread, or on that which hears of others: must only take note */
    public Subscription subscribe(Consumer<Change> listener) {
        return subscribe(anywhere, listener);
    }

    /** As {@link #subscribe}, without what other orchestrators change: they see to what follows from it themselves. */
    public Subscription subscribeHere(Consumer<Change> listener) {
        return subscribe(here, listener);
    }

    private static Subscription subscribe(List<Consumer<Change>> listeners, Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** To be told if the current transaction commits; a repeat within it is told once. */
    public void afterCommit(Change change) {
        Object noted = transactions.getResource(this);
        if (noted instanceof Noted other) {
            other.changes.add(change);
            return;
        }
        Noted first = new Noted();
        first.changes.add(change);
        transactions.putResource(this, first);
        transactions.registerInterposedSynchronization(first);
    }

    /** Another orchestrator has committed this. */
    void heard(Change change) {
        tell(anywhere, change);
    }

    private final class Noted implements Synchronization {
        private final Set<Change> changes = new LinkedHashSet<>();

        @Override
        public void beforeCompletion() {
            announcer.announce(changes);
        }

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                for (Change change : changes) {
                    tell(here, change);
                    tell(anywhere, change);
                }
            }
        }
    }

    private static void tell(List<Consumer<Change>> listeners, Change change) {
        for (Consumer<Change> listener : listeners) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                // The commit stands whatever a listener makes of it.
                LOG.errorf(e, "a listener failed on %s", change);
            }
        }
    }
}
