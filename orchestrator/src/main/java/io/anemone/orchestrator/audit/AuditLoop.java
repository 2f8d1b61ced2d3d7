package io.anemone.orchestrator.audit;

import io.anemone.core.audit.Auditor;
import io.anemone.core.audit.Facts;
import io.anemone.core.audit.Subject;
import io.anemone.core.audit.Verdict;
import io.anemone.core.scheduler.JobListing;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import io.anemone.orchestrator.reconcile.JobWatch;
import io.anemone.orchestrator.time.Signal;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Audits on one thread: on an interval, and when scheduler or agents tell something new. */
@ApplicationScoped
class AuditLoop {

    private static final Logger LOG = Logger.getLogger(AuditLoop.class);

    /** While no lease lives, nobody else asks the scheduler for its jobs. */
    private static final Duration LISTING_AGE = Duration.ofSeconds(10);

    private final FactsReader reader;
    private final ViolationStore violations;
    private final AuditBoard board;
    private final JobWatch jobs;
    private final Changes changes;
    private final Clock clock;
    private final AuditConfig config;
    private final Auditor auditor;
    private final Signal signal = new Signal();
    private final Queue<JobListing> unseen = new ConcurrentLinkedQueue<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("audit").unstarted(this::run);

    AuditLoop(
            FactsReader reader,
            ViolationStore violations,
            AuditBoard board,
            JobWatch jobs,
            Changes changes,
            Clock clock,
            AuditConfig config) {
        this.reader = reader;
        this.violations = violations;
        this.board = board;
        this.jobs = jobs;
        this.changes = changes;
        this.clock = clock;
        this.config = config;
        this.auditor = new Auditor(config.bounds());
    }

    void start(@Observes StartupEvent event) {
        jobs.onAnswer(this::answered);
        changes.subscribe(change -> signal.raiseIf(change instanceof Change.Inventory));
        thread.start();
    }

    /** Each listing is looked at, however fast they come: a job that is ended at once is in one of them only. */
    private void answered() {
        JobListing newest = jobs.newest();
        if (newest != null) {
            unseen.add(newest);
        }
        signal.raise();
    }

    void stop(@Observes ShutdownEvent event) {
        thread.interrupt();
    }

    private void run() {
        do {
            try {
                do {
                    audit();
                } while (!unseen.isEmpty());
            } catch (RuntimeException e) {
                // Most likely the database is away. The board grows old, and then vouches for nothing.
                LOG.errorf(e, "the audit could not be made; trying again");
                unseen.clear();
            }
        } while (Signal.pause(config.pause()) && signal.await(config.interval()));
    }

    private void audit() {
        Instant now = clock.instant();
        JobListing listing = listing(now);
        Facts facts = reader.read(listing, suspects(), now);
        List<Verdict> verdicts = auditor.audit(facts, now);
        ViolationStore.Difference difference = violations.record(verdicts, now);
        board.put(verdicts, violations, now);
        difference
                .found()
                .forEach(violation -> LOG.warnf(
                        "invariant violated invariant=%s subjects=%s since=%s: %s",
                        violation.invariant(), violation.subjects(), violation.since(), violation.what()));
        difference
                .healed()
                .forEach(violation -> LOG.infof(
                        "violation healed invariant=%s subjects=%s since=%s: %s",
                        violation.invariant(), violation.subjects(), violation.since(), violation.what()));
    }

    private @Nullable JobListing listing(Instant now) {
        JobListing next = unseen.poll();
        if (next != null) {
            return next;
        }
        JobListing newest = jobs.newest();
        if (newest == null || newest.takenAt().plus(LISTING_AGE).isBefore(now)) {
            jobs.look();
        }
        return newest;
    }

    /** A broken record stays one until it was looked at again. */
    private List<UUID> suspects() {
        return violations.open().stream()
                .flatMap(violation -> violation.subjects().stream())
                .filter(subject -> subject.kind() == Subject.Kind.VM || subject.kind() == Subject.Kind.LEASE)
                .map(subject -> UUID.fromString(subject.id()))
                .distinct()
                .toList();
    }
}
