package io.anemone.orchestrator.effect;

import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import io.anemone.orchestrator.time.Signal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Works off the outbox: claims what is due, carries it out on threads of their own and outside any transaction, and
 * settles it together with what follows. One slow call holds up no other.
 */
@ApplicationScoped
class EffectRunner {

    private static final Logger LOG = Logger.getLogger(EffectRunner.class);

    private final Outbox outbox;
    private final Changes changes;
    private final EffectConfig config;
    private final MeterRegistry meters;
    private final Map<EffectKind, EffectHandler> handlers = new EnumMap<>(EffectKind.class);
    private final Semaphore free;
    private final Set<Effect> underWay = ConcurrentHashMap.newKeySet();
    private final Signal signal = new Signal();
    private final Thread thread = Thread.ofPlatform().daemon().name("effects").unstarted(this::run);

    EffectRunner(
            Outbox outbox,
            Changes changes,
            EffectConfig config,
            MeterRegistry meters,
            @All List<EffectHandler> handlers) {
        this.outbox = outbox;
        this.changes = changes;
        this.config = config;
        this.meters = meters;
        this.free = new Semaphore(config.parallel());
        handlers.forEach(handler -> this.handlers.put(handler.kind(), handler));
    }

    void start(@Observes StartupEvent event) {
        changes.subscribeHere(change -> {
            if (change instanceof Change.EffectDue) {
                signal.raise();
            }
        });
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        thread.interrupt();
    }

    private void run() {
        while (signal.await(config.interval())) {
            try {
                claimAndPerform();
            } catch (RuntimeException e) {
                // The database is away: what is due stays due.
                LOG.errorf(e, "effects cannot be claimed; trying again");
            }
        }
    }

    private void claimAndPerform() {
        int room = free.availablePermits();
        List<Effect> claimed = room == 0 ? List.of() : outbox.claim(room, config.claim(), underWay);
        for (Effect effect : claimed) {
            free.acquireUninterruptibly();
            underWay.add(effect);
            Thread.ofVirtual().name("effect-" + effect.id()).start(() -> {
                try {
                    perform(effect);
                } finally {
                    underWay.remove(effect);
                    free.release();
                    signal.raiseIf(claimed.size() == room);
                }
            });
        }
    }

    private void perform(Effect effect) {
        EffectHandler handler = Objects.requireNonNull(handlers.get(effect.kind()), "no handler");
        Timer.Sample sample = Timer.start(meters);
        String outcome = "failed";
        try {
            Runnable then = handler.perform(effect, () -> confirm(effect));
            QuarkusTransaction.requiringNew().run(() -> {
                then.run();
                outbox.settle(effect);
            });
            outcome = "done";
        } catch (SchedulerUnavailableException e) {
            outcome = "unavailable";
            LOG.warnf("effect %s of lease %s will be tried again: %s", effect.kind(), effect.lease(), e.getMessage());
            postpone(effect, e.toString(), () -> handler.unavailable(effect, e));
        } catch (ClaimLostException e) {
            // Whoever has it now looks for what may have come of this try.
            outcome = "lost";
            LOG.warn(e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "effect %s of lease %s failed; it will be tried again", effect.kind(), effect.lease());
            postpone(effect, e.toString(), () -> {});
        } finally {
            sample.stop(meters.timer("anemone.effects", "kind", effect.kind().name(), "outcome", outcome));
        }
    }

    /** Half of a claim is longer than the call that follows may take. */
    private void confirm(Effect effect) {
        if (!outbox.holds(effect, config.claim().dividedBy(2))) {
            throw new ClaimLostException(effect);
        }
    }

    /** If this fails too, the effect is due again by itself: it is claimed and not under way. */
    private void postpone(Effect effect, String why, Runnable also) {
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                also.run();
                outbox.tryAgain(effect, waitAfter(effect.tries()), why);
            });
        } catch (RuntimeException e) {
            LOG.errorf(e, "effect %d cannot be postponed; it stays due", effect.id());
        }
    }

    private Duration waitAfter(int tries) {
        Duration wait = config.firstRetry().multipliedBy(1L << Math.min(tries - 1, 10));
        return wait.compareTo(config.lastRetry()) < 0 ? wait : config.lastRetry();
    }
}
