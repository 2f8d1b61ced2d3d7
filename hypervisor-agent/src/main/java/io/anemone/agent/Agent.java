package io.anemone.agent;

import io.anemone.agent.files.SessionSecret;
import io.anemone.agent.link.Link;
import io.anemone.agent.link.LinkListener;
import io.anemone.agent.stream.StreamOpener;
import io.anemone.agent.vm.LeaseSupervisor;
import io.anemone.agent.vm.VmParts;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.StopReason;
import io.anemone.core.wire.Acceleration;
import io.anemone.core.wire.AgentExit;
import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.AgentMode;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.Inventory;
import io.anemone.core.wire.Join;
import io.anemone.core.wire.OrchestratorMessage;
import io.anemone.core.wire.Prefetch;
import io.anemone.core.wire.StreamOrder;
import io.anemone.core.wire.VmReport;
import io.anemone.core.wire.WireTypes;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One agent: between the link to the orchestrator and the supervisors of the lease's VMs. Decides when it is over. */
public final class Agent implements LinkListener {

    private static final System.Logger LOG = System.getLogger(Agent.class.getName());

    private static final Duration REPORT_EVERY = Duration.ofSeconds(10);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    /** Within the scheduler's kill wait: 5 s at the least, of which some is the agent's own. */
    private static final Duration TERMINATION_GRACE = Duration.ofMillis(1500);

    private static final Duration TERMINATION_LIMIT = Duration.ofMillis(2800);
    private static final Duration REFUSAL_GRACE = Duration.ofSeconds(5);

    /** All guests are being ended, and the agent after them. */
    private sealed interface Ending {

        /** When it ends whatever is left. */
        Instant until();

        record Signalled(Instant until) implements Ending {}

        record Refused(Instant until) implements Ending {}
    }

    private final AgentConfig config;
    private final SessionSecret secret;
    private final Joiner joiner;
    private final AgentEvents events;
    private final CompletableFuture<Acceleration> acceleration;
    private final StreamOpener streams;
    private final LeaseSupervisor lease;
    private final Clock clock;
    private final Map<String, VmReport> ended = new ConcurrentHashMap<>();
    private volatile @Nullable Link link;

    /** In memory too: on a full disk it would else be lost, and with it the guests, at the next broken connection. */
    private volatile Join.@Nullable Again again;

    private volatile @Nullable Inventory inventory;

    private volatile Runnable killGuests = () -> {};
    private volatile Consumer<List<Prefetch>> ordered = images -> {};

    private Instant joinBy = Instant.MAX;
    private Instant nextReport = Instant.MIN;
    private @Nullable Ending ending;

    private volatile boolean finished;

    private boolean welcomed;
    private boolean woken;
    private boolean signalled;
    private OrchestratorMessage.@Nullable Refused refusal;
    private @Nullable Instant allOverSince;
    private boolean answered;

    /**
     * @param streams      opens what guests are talked to by
     * @param acceleration done when the node was probed
     */
    public Agent(
            AgentConfig config,
            SessionSecret secret,
            Joiner joiner,
            AgentEvents events,
            VmParts parts,
            StreamOpener streams,
            CompletableFuture<Acceleration> acceleration) {
        this.config = config;
        this.secret = secret;
        this.joiner = joiner;
        this.events = events;
        this.streams = streams;
        this.acceleration = acceleration;
        this.clock = parts.clock();
        this.lease = new LeaseSupervisor(parts, new LateLink(), config.leaseMargin(), this::changed);
    }

    public LeaseSupervisor lease() {
        return lease;
    }

    /** @param images takes the orders about images for later; does not block */
    public void onPrefetch(Consumer<List<Prefetch>> images) {
        ordered = images;
    }

    /** What else is on the node; empty while that is not known. News is reported at once. */
    public void found(Optional<Inventory> seen) {
        Inventory news = seen.orElse(null);
        if (!Objects.equals(news, inventory)) {
            inventory = news;
            report();
        }
    }

    /** The scheduler, or somebody at the terminal, wants it to end. */
    public synchronized void terminate() {
        signalled = true;
        wake();
    }

    /**
     * Until it is over, and every guest of the lease with it.
     *
     * @param killGuests kills their processes without libvirt's help, where the agent may, when it is too slow
     */
    AgentExit run(Link connected, Runnable killGuests) throws InterruptedException {
        start(connected, killGuests);
        while (true) {
            AgentExit exit = step();
            if (exit != null) {
                return exit;
            }
            await();
        }
    }

    /** Before the first {@link #step}; parameters as of {@link #run}. */
    public void start(Link connected, Runnable killGuests) {
        link = connected;
        this.killGuests = killGuests;
        joinBy = clock.instant().plus(config.joinLimit());
        nextReport = clock.instant();
    }

    /** Does what is due, without blocking. Called by one thread only. @return how it ended, once it has */
    public @Nullable AgentExit step() {
        Instant now = clock.instant();
        AgentExit exit = decide(now);
        finished |= exit != null;
        if (exit != null || !now.isBefore(nextReport)) {
            report();
            nextReport = now.plus(REPORT_EVERY);
        }
        return exit;
    }

    private @Nullable AgentExit decide(Instant now) {
        if (terminating() && !(ending instanceof Ending.Signalled)) {
            ending = terminated(now);
        }
        OrchestratorMessage.Refused refused = refused();
        if (refused != null && ending == null) {
            events.ending("the orchestrator refused it");
            lease.endAll(StopReason.LEASE_LOST, "The orchestrator says that the lease is over", REFUSAL_GRACE);
            ending = new Ending.Refused(now.plus(REFUSAL_GRACE.multipliedBy(2)));
        }
        Ending begun = ending;
        if (begun != null) {
            return lease.allOver() || !now.isBefore(begun.until()) ? ended(begun) : null;
        }
        if (!isWelcomed() && now.isAfter(joinBy) && lease.allOver()) {
            events.ending("no orchestrator could be reached at " + config.urls());
            return AgentExit.NOT_JOINED;
        }
        if (!lease.allOver()) {
            return null;
        }
        if (lease.released()) {
            events.ending("the lease was released");
            return fate();
        }
        return config.mode() == AgentMode.SESSION && !ended.isEmpty() ? afterLast(now) : null;
    }

    /** Every guest is over, or there is no more time to wait for that. */
    private AgentExit ended(Ending how) {
        return switch (how) {
            case Ending.Refused refused -> isWelcomed() ? AgentExit.LEASE_ENDED : AgentExit.REFUSED;
            case Ending.Signalled signalled -> {
                if (!lease.allOver() && config.mode() == AgentMode.SESSION) {
                    killGuests.run();
                    lease.declareOver();
                }
                yield savedUnheard() && config.mode() == AgentMode.SESSION
                        ? AgentExit.SUSPENDED
                        : AgentExit.LEASE_ENDED;
            }
        };
    }

    /** The last word about the VM is out when the orchestrator desires nothing of it any more. */
    private synchronized @Nullable AgentExit afterLast(Instant now) {
        if (allOverSince == null) {
            allOverSince = now;
        }
        if (!answered && now.isBefore(allOverSince.plus(ANSWER_LIMIT))) {
            return null;
        }
        events.ending("its VM is over");
        return fate();
    }

    private Ending terminated(Instant now) {
        boolean timeIsUp = lease.endsAt()
                .map(end -> now.isAfter(end.minus(Duration.ofSeconds(30))))
                .orElse(false);
        events.ending("it was told to by a signal");
        lease.endAll(
                timeIsUp ? StopReason.WALLTIME : StopReason.LEASE_LOST,
                timeIsUp ? "The job reached its time limit" : "The scheduler ended the job",
                TERMINATION_GRACE);
        return new Ending.Signalled(now.plus(TERMINATION_LIMIT));
    }

    /** Its job's exit code is the last word that is left to say so. */
    private synchronized boolean savedUnheard() {
        return !answered && ended.values().stream().anyMatch(report -> report.phase() == AgentPhase.SUSPENDED);
    }

    private AgentExit fate() {
        boolean failed = ended.values().stream().anyMatch(report -> report.failure() != null);
        boolean lost = ended.values().stream()
                .anyMatch(report -> report.reason() == StopReason.WALLTIME
                        || report.reason() == StopReason.LEASE_LOST
                        || report.reason() == StopReason.PREEMPTED);
        if (config.mode() == AgentMode.SYSTEM) {
            return AgentExit.DONE;
        }
        if (savedUnheard()) {
            return AgentExit.SUSPENDED;
        }
        return failed ? AgentExit.VM_FAILED : lost ? AgentExit.LEASE_ENDED : AgentExit.DONE;
    }

    @Override
    public AgentMessage.Hello hello() throws IOException {
        Join.Again known = again;
        Join join = known != null ? known : firstJoinOfThisProcess();
        return new AgentMessage.Hello(
                WireTypes.PROTOCOL,
                join,
                config.jobId(),
                config.node(),
                config.mode(),
                acceleration.getNow(null),
                lease.reports());
    }

    private Join firstJoinOfThisProcess() throws IOException {
        List<String> kept = secret.secret().orElse(List.of());
        return kept.isEmpty() ? joiner.first() : new Join.Again(LeaseId.parse(kept.get(0)), kept.get(1));
    }

    @Override
    public void received(OrchestratorMessage message) {
        if (finished) {
            // It says its last word: what it began now would end with it.
            return;
        }
        switch (message) {
            case OrchestratorMessage.Welcome welcome -> welcome(welcome);
            case OrchestratorMessage.Refused refused -> {
                events.refused(refused);
                if (!refused.retry()) {
                    refuse(refused);
                }
            }
            case OrchestratorMessage.Desired desired -> {
                List<VmReport> before = lease.reports();
                if (lease.desired(desired)) {
                    events.desired(desired);
                    ordered.accept(desired.prefetch());
                    noteAnswer(desired, before);
                }
            }
            case OrchestratorMessage.Streams orders -> open(orders);
        }
    }

    @Override
    public void disconnected(String why) {
        events.disconnected(why);
    }

    /** An attempt that does not run here is none of this agent's: whoever waits for it is told by the orchestrator. */
    private void open(OrchestratorMessage.Streams orders) {
        if (orders.epoch() < lease.epoch()) {
            return;
        }
        List<VmReport> reports = lease.reports();
        for (StreamOrder order : orders.waiting()) {
            reports.stream()
                    .filter(report -> report.vm().equals(order.vm()) && report.attempt() == order.attempt())
                    .filter(report -> !report.phase().over())
                    .findFirst()
                    .ifPresent(report -> streams.open(order, report.ssh()));
        }
    }

    private void welcome(OrchestratorMessage.Welcome welcome) {
        again = new Join.Again(welcome.lease(), welcome.secret());
        try {
            secret.keepSecret(welcome.lease().toString(), welcome.secret());
        } catch (IOException e) {
            // The job goes on; only a restarted agent could not join again.
            LOG.log(Level.ERROR, "the session's secret cannot be kept " + config.identity() + ": " + e.getMessage());
        }
        lease.welcome(welcome);
        synchronized (this) {
            welcomed = true;
        }
        events.joined(welcome.lease());
        report();
    }

    private synchronized void noteAnswer(OrchestratorMessage.Desired desired, List<VmReport> before) {
        boolean knownOver =
                !before.isEmpty() && before.stream().allMatch(vm -> vm.phase().over());
        answered |= knownOver && desired.all().isEmpty() && desired.stop().isEmpty();
        wake();
    }

    private synchronized void refuse(OrchestratorMessage.Refused refused) {
        refusal = refused;
        wake();
    }

    private void changed() {
        List<VmReport> reports = lease.reports();
        for (VmReport report : reports) {
            if (report.phase().over()) {
                ended.put(report.vm() + "/" + report.attempt(), report);
            }
        }
        events.changed(reports);
        report();
        synchronized (this) {
            wake();
        }
    }

    private void report() {
        Link connected = link;
        if (connected != null) {
            connected.send(new AgentMessage.Report(
                    lease.epoch(), new ArrayList<>(lease.reports()), inventory, lease.discarded()));
        }
    }

    private synchronized boolean isWelcomed() {
        return welcomed;
    }

    /** Whether it was told to end. */
    public synchronized boolean terminating() {
        return signalled;
    }

    private synchronized OrchestratorMessage.@Nullable Refused refused() {
        return refusal;
    }

    private synchronized void wake() {
        woken = true;
        notifyAll();
    }

    private synchronized void await() throws InterruptedException {
        if (!woken) {
            wait(200);
        }
        woken = false;
    }

    /** The supervisors are made before the link is. */
    private final class LateLink implements Link {
        @Override
        public boolean send(AgentMessage message) {
            Link connected = link;
            return connected != null && connected.send(message);
        }

        @Override
        public boolean flush(Duration limit) {
            Link connected = link;
            return connected != null && connected.flush(limit);
        }
    }
}
