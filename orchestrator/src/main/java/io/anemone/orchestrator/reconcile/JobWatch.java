package io.anemone.orchestrator.reconcile;

import io.anemone.core.scheduler.JobListing;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.orchestrator.effect.Outbox;
import io.anemone.orchestrator.time.Signal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks the scheduler for its jobs, on a thread of its own, as often as somebody waits for an answer. While the
 * scheduler does not answer, nothing is known: that is not the same as no jobs.
 */
@ApplicationScoped
public class JobWatch {

    private static final Logger LOG = Logger.getLogger(JobWatch.class);
    private static final Duration CLOSELY = Duration.ofSeconds(5);

    /** How closely the jobs are watched. */
    enum Pace {
        /** No lease has a job. */
        REST,
        /** Leases live; an end that nobody asked for may come. */
        STEADY,
        /** A job is to start or to end. */
        WAITING
    }

    private final Scheduler scheduler;
    private final Outbox outbox;
    private final Clock clock;
    private final ReconcileConfig config;
    private final Timer answered;
    private final Timer unanswered;
    private final Signal signal = new Signal();
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("job-watch").unstarted(this::run);
    private volatile Pace pace = Pace.REST;
    private volatile Instant closelyUntil = Instant.MIN;
    private volatile boolean asked;
    private volatile boolean silent;
    private volatile @Nullable JobListing newest;

    JobWatch(Scheduler scheduler, Outbox outbox, Clock clock, ReconcileConfig config, MeterRegistry meters) {
        this.scheduler = scheduler;
        this.outbox = outbox;
        this.clock = clock;
        this.config = config;
        this.answered = meters.timer("anemone.scheduler.jobs", "outcome", "answered");
        this.unanswered = meters.timer("anemone.scheduler.jobs", "outcome", "unavailable");
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
    }

    /** @param listener called after each answer, on the watching thread */
    public void onAnswer(Runnable listener) {
        listeners.add(listener);
    }

    void pace(Pace next) {
        boolean faster = next.ordinal() > pace.ordinal();
        pace = next;
        signal.raiseIf(faster);
    }

    /** Somebody has reason to think that the jobs have changed. */
    public void look() {
        asked = true;
        signal.raise();
    }

    /** A job may be about to end: for a moment all are watched as if that were waited for. */
    void lookClosely() {
        closelyUntil = clock.instant().plus(CLOSELY);
        look();
    }

    /** The newest answer; null when the scheduler did not answer when last asked, or too long ago. */
    public @Nullable JobListing newest() {
        JobListing listing = newest;
        boolean known = listing != null
                && !silent
                && listing.takenAt().plus(config.stale()).isAfter(clock.instant());
        return known ? listing : null;
    }

    private void run() {
        while (signal.await(wait(pace))) {
            if (pace != Pace.REST || asked) {
                asked = false;
                observe();
                // However many ask: the scheduler has other things to do.
                if (!Signal.pause(config.observeWaiting())) {
                    return;
                }
            }
        }
    }

    private Duration wait(Pace now) {
        return switch (now) {
            case REST -> config.stale();
            case STEADY -> closelyUntil.isAfter(clock.instant()) ? waiting() : config.observe();
            case WAITING -> waiting();
        };
    }

    private Duration waiting() {
        return silent ? config.observe() : config.observeWaiting();
    }

    private void observe() {
        long begun = System.nanoTime();
        try {
            newest = scheduler.jobs();
            if (silent) {
                LOG.info("the scheduler answers again");
                outbox.dueNow();
            }
            silent = false;
            answered.record(Duration.ofNanos(System.nanoTime() - begun));
            listeners.forEach(Runnable::run);
        } catch (SchedulerUnavailableException e) {
            unanswered.record(Duration.ofNanos(System.nanoTime() - begun));
            if (!silent) {
                LOG.warnf("the scheduler does not answer; its jobs are unknown until it does: %s", e.getMessage());
            }
            silent = true;
        } catch (RuntimeException e) {
            silent = true;
            LOG.error("the scheduler's answer was not taken in; its jobs are unknown", e);
        }
    }
}
