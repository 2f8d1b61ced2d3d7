package io.anemone.orchestrator.stream;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.orders.PlainText;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.StreamHello;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import io.anemone.orchestrator.identity.Sessions;
import io.anemone.orchestrator.lease.JoinTokens;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The streams of the people who are connected here. One thread looks after them all; it carries none of their bytes. */
@ApplicationScoped
class Relays {

    private static final Logger LOG = Logger.getLogger(Relays.class);

    private final StreamStore store;
    private final JoinTokens tokens;
    private final Guests guests;
    private final Sessions sessions;
    private final Changes changes;
    private final StreamConfig config;
    private final Clock clock;
    private final Map<UUID, Relay> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("streams").factory());

    Relays(
            StreamStore store,
            JoinTokens tokens,
            Guests guests,
            Sessions sessions,
            Changes changes,
            StreamConfig config,
            Clock clock) {
        this.store = store;
        this.tokens = tokens;
        this.guests = guests;
        this.sessions = sessions;
        this.changes = changes;
        this.config = config;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        changes.subscribe(this::note);
        long ping = config.ping().toMillis();
        var unused = thread.scheduleAtFixedRate(this::look, ping, ping, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        open.values().forEach(relay -> relay.close(CloseReason.SHUTDOWN));
        thread.shutdown();
    }

    /**
     * The guest's agent is told to bring its end.
     *
     * @throws AnemoneException TOO_MANY_STREAMS
     */
    Relay open(Opening opening) {
        Relay relay = new Relay(opening, clock.instant(), this::closed);
        open.put(opening.id(), relay);
        try {
            store.open(opening);
        } catch (RuntimeException e) {
            open.remove(opening.id());
            throw e;
        }
        var unused = thread.schedule(
                () -> relay.check(config, clock.instant()), config.agentWait().toMillis() + 1, TimeUnit.MILLISECONDS);
        LOG.infof("a stream is opened %s", opening);
        return relay;
    }

    /** An agent has brought this end. @return false if nobody waits for it, or the agent is not the one */
    boolean brought(StreamHello hello, End end) {
        Relay relay = open.get(hello.stream());
        if (relay == null || !matches(hello)) {
            LOG.warnf("a stream that nobody waits for was brought stream=%s", hello.stream());
            return false;
        }
        String failure = hello.failure();
        if (failure != null) {
            relay.close(CloseReason.guestNotReached(PlainText.of(failure)));
            return false;
        }
        boolean taken = relay.guest(end);
        if (taken) {
            thread.execute(() -> quietly(opening -> store.brought(opening.id()), relay.opening()));
        }
        return taken;
    }

    private boolean matches(StreamHello hello) {
        return MessageDigest.isEqual(
                tokens.streamTokenOf(hello.stream()).getBytes(StandardCharsets.UTF_8),
                hello.token().getBytes(StandardCharsets.UTF_8));
    }

    private void closed(Relay relay, CloseReason reason) {
        open.remove(relay.opening().id());
        LOG.infof("a stream is closed %s code=%d %s", relay.opening(), reason.code(), reason.text());
        // Not on an event loop, nor on the thread of a commit.
        Thread.ofVirtual().start(() -> quietly(opening -> store.closed(opening.id()), relay.opening()));
    }

    private void note(Change change) {
        switch (change) {
            case Change.Vm(VmId vm) -> {
                if (open.values().stream()
                        .anyMatch(relay -> relay.opening().vm().equals(vm))) {
                    thread.execute(() -> open.values().stream()
                            .filter(relay -> relay.opening().vm().equals(vm))
                            .forEach(this::checkGuest));
                }
            }
            case Change.Anything a -> thread.execute(() -> open.values().forEach(this::checkGuest));
            case Change.Lease l -> {}
            case Change.AgentSync s -> {}
            case Change.EffectDue e -> {}
            case Change.LookAtJobs l -> {}
            case Change.Pool p -> {}
            case Change.Inventory i -> {}
        }
    }

    private void look() {
        for (Relay relay : open.values()) {
            relay.check(config, clock.instant());
            checkGuest(relay);
            quietly(opening -> checkLogIn(relay), relay.opening());
        }
        try {
            store.onlyOpen(open.keySet());
        } catch (RuntimeException e) {
            LOG.warnf("which streams are open is not written down (cause: %s)", e);
        }
    }

    private void checkGuest(Relay relay) {
        quietly(
                opening -> {
                    if (!guests.there(opening)) {
                        relay.close(CloseReason.VM_OVER);
                    }
                },
                relay.opening());
    }

    private void checkLogIn(Relay relay) {
        Opening opening = relay.opening();
        if (sessions.callerOf(opening.session())
                .filter(opening.caller()::equals)
                .isEmpty()) {
            relay.close(CloseReason.LOGGED_OUT);
        }
    }

    /** What is not known at the moment ends nothing; the next look makes up for it. */
    private static void quietly(Consumer<Opening> work, Opening opening) {
        try {
            work.accept(opening);
        } catch (RuntimeException e) {
            LOG.warnf("a stream could not be looked after %s (cause: %s)", opening, e);
        }
    }
}
