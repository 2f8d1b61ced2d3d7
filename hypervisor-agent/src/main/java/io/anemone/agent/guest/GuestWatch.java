package io.anemone.agent.guest;

import io.anemone.agent.guest.GuestAgent.Look;
import io.anemone.agent.guest.GuestAgent.Traffic;
import io.anemone.agent.link.Link;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainUsage;
import io.anemone.core.hypervisor.Hypervisor;
import io.anemone.core.hypervisor.HypervisorException;
import io.anemone.core.vm.GuestFacts;
import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.VmReport;
import io.anemone.core.wire.VmUsage;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Measures what guests use and asks them about themselves, beside their supervision: nothing of it decides anything, so
 * what fails is left out. A guest whose agent hangs holds up questions to itself alone.
 */
public final class GuestWatch {

    /** How often {@link #round} is to be called. */
    public static final Duration EVERY = Duration.ofSeconds(15);

    private static final System.Logger LOG = System.getLogger(GuestWatch.class.getName());
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    /** An orchestrator that missed them hears of them again. */
    private static final Duration REPEAT_EVERY = Duration.ofMinutes(5);

    private final Hypervisor hypervisor;
    private final GuestAgent agent;
    private final Supplier<List<VmReport>> reports;
    private final Link link;
    private final Clock clock;
    private final Executor threads;
    private final Map<DomainId, Watched> guests = new HashMap<>();

    /** Guarded by this object. */
    private static final class Watched {
        private Instant lookAt = Instant.MIN;
        private boolean asking;
        private @Nullable Traffic traffic;
        private @Nullable GuestFacts told;
        private Instant toldAt = Instant.MIN;
    }

    /**
     * @param reports of all attempts
     * @param threads for what may block for seconds
     */
    public GuestWatch(
            Hypervisor hypervisor, Supplier<List<VmReport>> reports, Link link, Clock clock, Executor threads) {
        this.hypervisor = hypervisor;
        this.agent = new GuestAgent(hypervisor);
        this.reports = reports;
        this.link = link;
        this.clock = clock;
        this.threads = threads;
    }

    /** Once around all guests that run. Takes as long as the hypervisor's counters do. */
    public void round() {
        List<DomainId> running = reports.get().stream()
                .filter(GuestWatch::runs)
                .map(report -> new DomainId(report.vm(), report.attempt()))
                .toList();
        keep(running);
        List<VmUsage> measured = new ArrayList<>();
        try {
            for (DomainId id : running) {
                hypervisor.usage(id).ifPresent(usage -> measured.add(sample(id, usage)));
            }
        } catch (HypervisorException e) {
            LOG.log(Level.DEBUG, "no counters: " + e.getMessage());
        }
        if (!measured.isEmpty()) {
            link.send(new AgentMessage.Usage(measured));
        }
        running.stream().filter(this::due).forEach(id -> threads.execute(() -> look(id)));
    }

    private static boolean runs(VmReport report) {
        return switch (report.phase()) {
            case RUNNING, READY -> true;
            case PREPARING, BOOTING, SUSPENDING, STOPPING, SUSPENDED, ENDED -> false;
        };
    }

    private synchronized void keep(List<DomainId> running) {
        guests.keySet().retainAll(running.stream().collect(Collectors.toSet()));
        running.forEach(id -> guests.computeIfAbsent(id, fresh -> new Watched()));
    }

    /** Traffic goes along once for each look: between looks it is not known, which is not the same as none. */
    private synchronized VmUsage sample(DomainId id, DomainUsage usage) {
        Watched guest = guests.get(id);
        Traffic traffic = guest == null ? null : guest.traffic;
        if (guest != null) {
            guest.traffic = null;
        }
        return new VmUsage(
                id.vm(),
                id.attempt(),
                clock.instant(),
                usage.cpuNanos(),
                usage.residentBytes(),
                usage.diskReadBytes(),
                usage.diskWrittenBytes(),
                traffic == null ? null : traffic.receivedBytes(),
                traffic == null ? null : traffic.sentBytes());
    }

    private synchronized boolean due(DomainId id) {
        Watched guest = guests.get(id);
        Instant now = clock.instant();
        if (guest == null || guest.asking || now.isBefore(guest.lookAt)) {
            return false;
        }
        guest.asking = true;
        guest.lookAt = now.plus(LOOK_EVERY);
        return true;
    }

    private void look(DomainId id) {
        Optional<Look> seen = Optional.empty();
        try {
            seen = agent.look(id);
        } catch (HypervisorException e) {
            LOG.log(Level.DEBUG, "no guest agent could be asked: " + e.getMessage());
        } finally {
            looked(id, seen);
        }
    }

    private synchronized void looked(DomainId id, Optional<Look> seen) {
        Watched guest = guests.get(id);
        if (guest == null) {
            return;
        }
        guest.asking = false;
        seen.ifPresent(look -> {
            guest.traffic = look.traffic();
            Instant now = clock.instant();
            boolean news = !look.facts().equals(guest.told) || now.isAfter(guest.toldAt.plus(REPEAT_EVERY));
            if (news && link.send(new AgentMessage.Guest(id.vm(), id.attempt(), look.facts()))) {
                guest.told = look.facts();
                guest.toldAt = now;
            }
        });
    }
}
