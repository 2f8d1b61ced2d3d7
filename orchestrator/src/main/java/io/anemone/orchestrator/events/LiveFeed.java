package io.anemone.orchestrator.events;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.VmId;
import io.anemone.orchestrator.history.Change;
import io.anemone.orchestrator.history.Changes;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.identity.Sessions;
import io.anemone.orchestrator.lease.VisibleLeases;
import io.anemone.orchestrator.vm.VmJson;
import io.anemone.orchestrator.vm.VmPresenter;
import io.anemone.orchestrator.vm.VmQuery;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tells readers what changed, each what it may see. Committing threads only take note; one thread of its own looks
 * each change up once and hands it to all readers. Changes of one thing that come faster than that are told as one.
 */
@Startup
@ApplicationScoped
class LiveFeed {

    private static final Logger LOG = Logger.getLogger(LiveFeed.class);

    private final Changes changes;
    private final VmQuery vms;
    private final VmPresenter presenter;
    private final VisibleLeases leases;
    private final Sessions sessions;
    private final EventConfig config;
    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private final Set<Change> pending = new LinkedHashSet<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("live-feed").factory());

    private final Clock clock;
    private long lastId;
    private Changes.Subscription subscription = () -> {};

    LiveFeed(
            Changes changes,
            VmQuery vms,
            VmPresenter presenter,
            VisibleLeases leases,
            Sessions sessions,
            EventConfig config,
            Clock clock) {
        this.changes = changes;
        this.vms = vms;
        this.presenter = presenter;
        this.leases = leases;
        this.sessions = sessions;
        this.config = config;
        this.clock = clock;
    }

    @PostConstruct
    void start() {
        subscription = changes.subscribe(this::note);
        long ping = config.ping().toMillis();
        var unused = thread.scheduleAtFixedRate(this::ping, ping, ping, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        subscription.close();
        thread.shutdownNow();
        readers.forEach(Reader::end);
    }

    /** What {@code caller} may see of what happens from now on; begins with a ping. */
    Multi<LiveEvent> follow(String token, Caller caller) {
        Reader reader = new Reader(token, caller, config.backlog(), readers::remove);
        readers.add(reader);
        thread.execute(() -> reader.tell(event(LiveEvent.Kind.PING, new LiveEvent.Nothing())));
        return reader.events();
    }

    private void note(Change change) {
        if (readers.isEmpty()) {
            return;
        }
        switch (change) {
            case Change.Vm vm -> noted(vm);
            case Change.Lease lease -> noted(lease);
            case Change.AgentSync s -> {}
            case Change.EffectDue e -> {}
            case Change.LookAtJobs l -> {}
            case Change.Pool p -> {}
            // They come back and look at everything anew.
            case Change.Anything a -> thread.execute(() -> readers.forEach(Reader::end));
            case Change.Inventory i -> {}
        }
    }

    private void noted(Change change) {
        boolean first;
        synchronized (pending) {
            first = pending.isEmpty();
            pending.add(change);
        }
        if (first) {
            thread.execute(this::publish);
        }
    }

    private void publish() {
        List<Change> due;
        synchronized (pending) {
            due = List.copyOf(pending);
            pending.clear();
        }
        for (Change change : due) {
            try {
                publish(change);
            } catch (RuntimeException e) {
                // The next change, or the reader's next look, tells it; the thread must live on.
                LOG.warnf("A live update was not told (change: %s, cause: %s)", change, e);
            }
        }
    }

    private void publish(Change change) {
        switch (change) {
            case Change.Vm(VmId id) ->
                vms.find(id).ifPresent(vm -> {
                    VmJson json = presenter.present(vm);
                    LiveEvent event = event(LiveEvent.Kind.VM, json);
                    readers.stream()
                            .filter(reader -> reader.caller().sees(json.owner()))
                            .forEach(reader -> reader.tell(event));
                });
            case Change.Lease(LeaseId id) ->
                leases.forEveryone(id).ifPresent(lease -> {
                    for (Reader reader : readers) {
                        lease.to(reader.caller()).ifPresent(json -> reader.tell(event(LiveEvent.Kind.LEASE, json)));
                    }
                });
            case Change.AgentSync s -> {}
            case Change.EffectDue e -> {}
            case Change.LookAtJobs l -> {}
            case Change.Pool p -> {}
            case Change.Anything a -> {}
            case Change.Inventory i -> {}
        }
    }

    /** Ends the streams of log-ins that are over. */
    private void ping() {
        LiveEvent event = event(LiveEvent.Kind.PING, new LiveEvent.Nothing());
        for (Reader reader : readers) {
            if (loggedIn(reader)) {
                reader.tell(event);
            } else {
                reader.end();
            }
        }
    }

    private boolean loggedIn(Reader reader) {
        try {
            return sessions.caller(reader.token())
                    .filter(reader.caller()::equals)
                    .isPresent();
        } catch (RuntimeException e) {
            // Not known is not over
            LOG.warnf("A log-in could not be looked up (cause: %s)", e);
            return true;
        }
    }

    /** Ids are microseconds: above those of earlier processes, and exact in JavaScript's numbers. */
    private LiveEvent event(LiveEvent.Kind kind, Object data) {
        lastId = Math.max(lastId + 1, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
        return new LiveEvent(lastId, kind, data);
    }
}
