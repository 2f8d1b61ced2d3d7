package io.anemone.orchestrator.instance;

import io.anemone.orchestrator.time.DatabaseClock;
import io.anemone.orchestrator.time.Signal;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Says every 2 s that this orchestrator lives, looks who else does, and keeps the clock right. Who cannot reach the
 * database takes nobody for dead: when it is back after an outage, the others get the time to say that they live. So do
 * they when this one has just started, but for those whose session ended while the database went on.
 */
@ApplicationScoped
public class Heartbeat {

    private static final Logger LOG = Logger.getLogger(Heartbeat.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    /** A longer pause between two beats means that this process, or the database, was away. */
    private static final Duration STEADY = Duration.ofSeconds(6);

    /** As long as one may be silent, or take to find the database again after an outage. */
    private static final Duration BEFORE_JUDGING = Duration.ofSeconds(10);

    private final InstanceStore instances;
    private final DatabaseClock clock;
    private final Event<CompanionLost> companionLost;
    private final Event<GivenUp> givenUp;
    private final Signal signal = new Signal();
    private final Thread thread = Thread.ofPlatform().daemon().name("heartbeat").unstarted(this::run);
    private volatile Set<UUID> companions = Set.of();
    private long lastBeat;
    private long steadySince;
    private long started;

    Heartbeat(
            InstanceStore instances, DatabaseClock clock, Event<CompanionLost> companionLost, Event<GivenUp> givenUp) {
        this.instances = instances;
        this.clock = clock;
        this.companionLost = companionLost;
        this.givenUp = givenUp;
    }

    /** Before everything that agents and requests are served with. */
    void start(@Observes @Priority(1) StartupEvent event) {
        instances.beat();
        instances.buryEnded();
        companions = instances.others();
        lastBeat = System.nanoTime();
        steadySince = lastBeat;
        started = lastBeat;
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        thread.interrupt();
        try {
            instances.leave();
        } catch (RuntimeException e) {
            LOG.warnf("leaving is not written down; the others find out by themselves: %s", e.getMessage());
        }
    }

    /** Whether no other orchestrator is known to live. Up to one beat old. */
    public boolean alone() {
        return companions.isEmpty();
    }

    /** Another orchestrator has just come: do not wait for the next beat to see it. */
    public void look() {
        signal.raise();
    }

    private void run() {
        while (signal.await(EVERY)) {
            try {
                beat();
            } catch (RuntimeException e) {
                LOG.warnf("no heartbeat: %s", e.getMessage());
            }
        }
    }

    private void beat() {
        clock.measure();
        if (instances.beat()) {
            LOG.warn("the others took this orchestrator for dead; its agents join anew");
            givenUp.fire(new GivenUp());
        }
        long now = System.nanoTime();
        if (now - lastBeat > STEADY.toNanos()) {
            steadySince = now;
        }
        lastBeat = now;
        Set<UUID> before = companions;
        companions = instances.others();
        before.stream()
                .filter(companion -> !companions.contains(companion))
                .forEach(companion -> companionLost.fire(new CompanionLost(companion)));
        if (now - steadySince > BEFORE_JUDGING.toNanos()) {
            instances.bury();
        } else if (steadySince == started) {
            // It may be this one's own last life, whose work must not wait.
            instances.buryEnded();
        }
    }
}
