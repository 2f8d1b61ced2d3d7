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
 * Tells the parts of this process, after a commit, what it changed. A hint: who misses one finds out by looking, for
 * the database is the truth.
 */
@ApplicationScoped
public class Changes {

    private static final Logger LOG = Logger.getLogger(Changes.class);

    private final TransactionSynchronizationRegistry transactions;
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

    Changes(TransactionSynchronizationRegistry transactions) {
        this.transactions = transactions;
    }

    /** Stops listening when closed. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** @param listener called on the committing thread: must only take note, and return at once */
    public Subscription subscribe(Consumer<Change> listener) {
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

    private final class Noted implements Synchronization {
        private final Set<Change> changes = new LinkedHashSet<>();

        @Override
        public void beforeCompletion() {
            // Nothing to do before the commit.
        }

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                changes.forEach(Changes.this::tell);
            }
        }
    }

    private void tell(Change change) {
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
