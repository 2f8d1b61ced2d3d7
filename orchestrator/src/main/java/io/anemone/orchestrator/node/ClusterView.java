package io.anemone.orchestrator.node;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.scheduler.Cluster;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.orchestrator.request.KnownCluster;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The newest description of the cluster. Asking for it makes it newer in the background; while the scheduler does not
 * answer, the last one stays, with its time.
 */
@Startup
@ApplicationScoped
public class ClusterView implements KnownCluster {

    private static final Logger LOG = Logger.getLogger(ClusterView.class);

    private final Scheduler scheduler;
    private final NodeConfig config;
    private final Clock clock;

    private @Nullable Cluster newest;
    private @Nullable CompletableFuture<Void> asking;
    private Instant nextQuestion = Instant.MIN;

    public ClusterView(Scheduler scheduler, NodeConfig config, Clock clock) {
        this.scheduler = scheduler;
        this.config = config;
        this.clock = clock;
    }

    /** The first description is there before somebody needs it, where the scheduler answers. */
    @PostConstruct
    void start() {
        refreshIfOld();
    }

    @Override
    public Optional<Cluster> newest() {
        refreshIfOld();
        return known();
    }

    /**
     * Waits for the first description; any later one is given at once.
     *
     * @throws AnemoneException SCHEDULER_UNAVAILABLE if there has never been one
     */
    public Cluster current() {
        CompletableFuture<Void> question = refreshIfOld();
        if (known().isEmpty() && question != null) {
            await(question);
        }
        return known().orElseThrow(() -> new AnemoneException(
                ErrorCode.SCHEDULER_UNAVAILABLE,
                "The scheduler has not told of its nodes yet: try again in a moment, and if it stays, tell an"
                        + " operator."));
    }

    private synchronized Optional<Cluster> known() {
        return Optional.ofNullable(newest);
    }

    /** The question that is under way, if one is. */
    private synchronized @Nullable CompletableFuture<Void> refreshIfOld() {
        Instant now = clock.instant();
        if (asking == null && !now.isBefore(nextQuestion)) {
            nextQuestion = now.plus(config.refresh());
            CompletableFuture<Void> question = new CompletableFuture<>();
            asking = question;
            Thread.ofVirtual().name("cluster-view").start(() -> ask(question));
        }
        return asking;
    }

    private void ask(CompletableFuture<Void> question) {
        try {
            Cluster cluster = scheduler.cluster();
            synchronized (this) {
                newest = cluster;
            }
        } catch (SchedulerUnavailableException e) {
            LOG.warnf(
                    "The scheduler did not describe its nodes; the last description stays (cause: %s)", e.getMessage());
        } finally {
            synchronized (this) {
                asking = null;
            }
            question.complete(null);
        }
    }

    private void await(CompletableFuture<Void> question) {
        try {
            question.get(config.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("the scheduler takes its time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("never completed with a failure", e);
        }
    }
}
