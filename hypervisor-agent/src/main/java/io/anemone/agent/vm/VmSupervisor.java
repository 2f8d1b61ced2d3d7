package io.anemone.agent.vm;

import io.anemone.agent.node.CpuSet;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.DomainView;
import io.anemone.core.hypervisor.HypervisorException;
import io.anemone.core.hypervisor.Sighting;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.StopReason;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.StopOrder;
import io.anemone.core.wire.VmReport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Holds one attempt against its domain, by level: each {@link #step} looks at what is and does what is next. The
 * orders may come from any thread; {@code step} is called by one thread only, which belongs to this VM.
 *
 * <pre>
 * Waiting ──wanted──▶ Starting ──started, found──▶ Live ◀──not saved── Suspending ──saved──▶ Over
 *    │                    │                           ├──suspend──────────▲
 *    │                    │                           └──gone──▶ Over
 *    └──stop, never started────────┴──failed, abandoned────────────▲
 * </pre>
 */
public final class VmSupervisor {

    private static final System.Logger LOG = System.getLogger(VmSupervisor.class.getName());

    private static final Duration CREATE_MAY_TAKE = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofMillis(150);
    private static final Duration UNCERTAIN = Duration.ofSeconds(1);
    private static final Duration CALM = Duration.ofSeconds(2);
    static final Duration NEVER = Duration.ofDays(1);

    private sealed interface Stage {
        record Waiting() implements Stage {}

        record Starting(Startup startup, CompletableFuture<StartResult> result) implements Stage {}

        record Live(DomainMark mark, @Nullable Failure unclear) implements Stage {}

        record Suspending(
                DomainMark mark, Instant askedAt, Suspension work, CompletableFuture<Suspension.Result> result)
                implements Stage {}

        record Over() implements Stage {}
    }

    private final DomainId id;
    private final LeaseId lease;
    private final VmParts parts;
    private final ReportCard card;
    private final Optional<ConsoleTail> console;

    private volatile @Nullable DesiredVm desired;
    private volatile @Nullable Instant bootingSince;

    private Stage stage = new Stage.Waiting();
    private boolean shutdownAsked;

    /** The order to suspend that could not be carried out; it is not tried again. */
    private @Nullable Instant refused;

    /** Whether an earlier agent may have died while it saved the guest, which is paused then. */
    private boolean interrupted;

    private final Endings endings;
    private final BootWatch boot;
    private final Reboot reboot;
    private final Saving saving;

    /** @param changed called after each change of {@link #report} */
    public VmSupervisor(DomainId id, LeaseId lease, VmParts parts, ConsoleTail.Sink sink, Runnable changed) {
        this.id = id;
        this.lease = lease;
        this.parts = parts;
        this.card = new ReportCard(id, changed);
        this.endings = new Endings(id, parts);
        this.boot = new BootWatch(id, parts, card);
        this.reboot = new Reboot(id, parts, card);
        this.saving = new Saving(id, parts);
        this.console = parts.files().consoles(id).map(consoles -> new ConsoleTail(id, Path.of(consoles.log()), sink));
    }

    public VmReport report() {
        return card.report();
    }

    public DomainId id() {
        return id;
    }

    public boolean over() {
        return report().phase().over();
    }

    /** It shall run. */
    public void want(DesiredVm vm) {
        desired = vm;
    }

    /** A domain of it was found running when the agent started. Before the first step. */
    public void adopt(DomainView domain) {
        live(domain.mark(), null);
        card.adopted();
        interrupted = true;
    }

    /** An agent of this job saved its guest before. Before the first step. */
    public void saved() {
        card.suspended();
        stage = new Stage.Over();
    }

    public void stop(StopOrder order) {
        endings.order(order);
    }

    /**
     * Ends it, whatever else was ordered: the guest has {@code grace} to shut down by itself, unless it is seen to be
     * booting still.
     */
    public void end(StopReason reason, String message, Duration grace) {
        endings.end(reason, message, grace);
    }

    /** Its process was killed by other means than libvirt's, for there was no more time. */
    public void declareOver() {
        Stop order = endings.stop();
        if (order != null) {
            Failure failure = order.failure();
            if (failure == null) {
                card.ended(order.reason(), order.message());
            } else {
                card.failed(failure);
            }
        }
    }

    public void leaseEnds(LeaseEnding ending) {
        endings.leaseEnds(ending);
    }

    /** @return how long the next step may wait, unless something happens */
    public Duration step() {
        Instant now = parts.clock().instant();
        DesiredVm vm = desired;
        endings.look(vm == null ? null : vm.endsAt(), now);
        Duration wait = switch (stage) {
            case Stage.Waiting waiting -> waiting();
            case Stage.Starting starting -> starting(starting, now);
            case Stage.Live live -> live(live, now);
            case Stage.Suspending suspending -> suspending(suspending, now);
            case Stage.Over over -> NEVER;
        };
        console.ifPresent(tail -> tail.poll(now));
        return wait;
    }

    private Duration waiting() {
        Stop order = endings.stop();
        if (order != null) {
            return stopBeforeStart(order);
        }
        DesiredVm vm = desired;
        if (vm == null) {
            return CALM;
        }
        try {
            reboot.startsWith(vm.asks().rebootAt());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "an old reboot is not noted " + parts.identity(id.vm()) + ": " + e.getMessage());
        }
        Startup startup = new Startup(vm, lease, parts, card::preparing, this::booting, card::warn);
        card.phase(AgentPhase.PREPARING);
        stage = new Stage.Starting(startup, CompletableFuture.supplyAsync(startup::run, parts.threads()::start));
        return Duration.ZERO;
    }

    private void booting() {
        bootingSince = parts.clock().instant();
        card.phase(AgentPhase.BOOTING);
    }

    /** An attempt that this job never started has no domain; of any other, libvirt knows. */
    private Duration stopBeforeStart(Stop order) {
        try {
            Optional<String> noted = parts.files().noted(id);
            if (noted.isEmpty()) {
                return ended(order);
            }
            Sighting sighting = parts.hypervisor().find(id);
            return switch (sighting) {
                case Sighting.Present(var domain) -> {
                    adopt(domain);
                    yield Duration.ZERO;
                }
                case Sighting.Gone gone -> {
                    parts.saved().abandon(id);
                    yield ended(order);
                }
            };
        } catch (IOException | HypervisorException e) {
            LOG.log(Level.WARNING, "not known whether it runs " + parts.identity(id.vm()) + ": " + e.getMessage());
            return UNCERTAIN;
        }
    }

    private Duration starting(Stage.Starting starting, Instant now) {
        Stop order = endings.stop();
        if (order != null) {
            starting.startup().abandon();
        }
        if (!starting.result().isDone()) {
            return stillStarting(order, now);
        }
        return switch (starting.result().join()) {
            case StartResult.Started(var mark) -> live(mark, null);
            case StartResult.Unclear(var mark, var failure) -> live(mark, failure);
            case StartResult.Found(var mark) -> {
                card.adopted();
                yield live(mark, null);
            }
            case StartResult.Failed(var failure) -> order == null ? failed(failure) : ended(order);
            case StartResult.EndedBefore(var report) -> endedBefore(report);
            case StartResult.SavedBefore saved -> suspended();
            case StartResult.Abandoned abandoned -> order == null ? UNCERTAIN : ended(order);
        };
    }

    /** A create that hangs cannot be called back; what it makes is destroyed as soon as it can be seen. */
    private Duration stillStarting(@Nullable Stop order, Instant now) {
        // An image may take its time to come to the node; a domain may not.
        Instant since = bootingSince;
        if (since != null && now.isAfter(since.plus(CREATE_MAY_TAKE))) {
            card.warn("libvirt has not started the VM for more than " + CREATE_MAY_TAKE.toSeconds() + " s");
        }
        if (order != null && !now.isBefore(order.destroyAt())) {
            destroy();
        }
        return Duration.ofMillis(50);
    }

    private Duration live(DomainMark mark, @Nullable Failure unclear) {
        stage = new Stage.Live(mark, unclear);
        parts.share().cores().keep(id, new CpuSet(mark.cpus()));
        if (unclear == null) {
            boot.running(mark);
        }
        return Duration.ZERO;
    }

    private Duration live(Stage.Live live, Instant now) {
        Sighting sighting;
        try {
            sighting = parts.hypervisor().find(id);
        } catch (HypervisorException e) {
            // Unknown is no reason to end anything.
            LOG.log(Level.INFO, "not known whether it runs " + parts.identity(id.vm()) + ": " + e.getMessage());
            return UNCERTAIN;
        }
        return switch (sighting) {
            case Sighting.Present(var domain) -> present(live, domain, now);
            case Sighting.Gone(var ending) -> savedOrGone(live, ending);
        };
    }

    private Duration present(Stage.Live live, DomainView domain, Instant now) {
        boot.running(domain.mark());
        saving.cleanUpAfterAnother();
        Stop order = endings.stop();
        if (order != null) {
            saving.giveUp("The VM was ended meanwhile");
            return stopping(domain.mark(), order, now);
        }
        DesiredVm vm = desired;
        if (vm != null) {
            Instant suspendAt = vm.asks().suspendAt();
            if (suspendAt != null && !suspendAt.equals(refused)) {
                // Libvirt does one of both at a time.
                return saving.giveUp("The VM was suspended meanwhile") ? suspend(live, vm, suspendAt) : SOON;
            }
            refused = suspendAt;
            card.answer(suspendAt);
            goOnIfInterrupted();
            saving.step(vm.asks().save());
        }
        boolean rebooting =
                vm != null && reboot.step(vm.asks().rebootAt(), now, () -> boot.anew(domain.mark(), vm.probe(), now));
        if (rebooting) {
            return SOON;
        }
        if (report().phase() == AgentPhase.READY) {
            return CALM;
        }
        return switch (boot.look(domain.mark(), vm, now)) {
            case BootWatch.Look.Booting booting -> SOON;
            case BootWatch.Look.Calm calm -> CALM;
            case BootWatch.Look.TooLate(Failure failure) -> {
                endings.end(new Stop(StopReason.OPERATOR, failure.message(), now, failure));
                yield Duration.ZERO;
            }
        };
    }

    /** An earlier agent died while it saved the guest, and by now nobody wants that any more. */
    private void goOnIfInterrupted() {
        if (!interrupted) {
            return;
        }
        try {
            if (parts.saved().begun(id).isPresent()) {
                parts.hypervisor().unpause(id);
                parts.saved().abandon(id);
            }
            interrupted = false;
        } catch (IOException | HypervisorException e) {
            LOG.log(Level.WARNING, "it is paused still " + parts.identity(id.vm()) + ": " + e.getMessage());
        }
    }

    private Duration suspend(Stage.Live live, DesiredVm vm, Instant askedAt) {
        DomainId born;
        try {
            born = parts.files().born(id);
        } catch (IOException e) {
            return notSaved(
                    live.mark(), askedAt, new Failure(ErrorCode.SUSPEND_FAILED, String.valueOf(e.getMessage())));
        }
        interrupted = false;
        card.phase(AgentPhase.SUSPENDING);
        Suspension work = new Suspension(id, born, vm.size().memoryMiB(), parts);
        stage = new Stage.Suspending(
                live.mark(), askedAt, work, CompletableFuture.supplyAsync(work::run, parts.threads()::start));
        return Duration.ZERO;
    }

    private Duration suspending(Stage.Suspending suspending, Instant now) {
        Stop order = endings.stop();
        if (!suspending.result().isDone()) {
            if (order != null) {
                suspending.work().abandon();
                if (!now.isBefore(order.destroyAt())) {
                    destroy();
                }
            }
            return Duration.ofMillis(50);
        }
        return switch (suspending.result().join()) {
            case Suspension.Result.Saved saved -> suspended();
            case Suspension.Result.Failed(Failure failure) ->
                notSaved(suspending.mark(), suspending.askedAt(), failure);
            case Suspension.Result.LookAgain look -> {
                interrupted = true;
                stage = new Stage.Live(suspending.mark(), null);
                yield SOON;
            }
        };
    }

    private Duration notSaved(DomainMark mark, Instant askedAt, Failure failure) {
        refused = askedAt;
        stage = new Stage.Live(mark, null);
        card.runsOn();
        card.suspendFailed(askedAt, failure);
        return SOON;
    }

    /** All of it is where it is kept; what is on the node is removed. */
    private Duration suspended() {
        cleanUp();
        card.suspended();
        return finished();
    }

    /** A domain that is gone may have been saved, by this agent or one before it. */
    private Duration savedOrGone(Stage.Live live, Sighting.Ending ending) {
        try {
            return Suspension.isSaved(id, parts) ? suspended() : gone(live, ending);
        } catch (IOException | HypervisorException e) {
            LOG.log(Level.WARNING, "not known whether it is saved " + parts.identity(id.vm()) + ": " + e.getMessage());
            return UNCERTAIN;
        }
    }

    private Duration stopping(DomainMark mark, Stop order, Instant now) {
        boolean deaf = boot.booting(mark, desired, now);
        card.phase(AgentPhase.STOPPING);
        if (deaf) {
            // From now on: the first try to destroy it may fail.
            endings.end(order.reason(), order.message(), Duration.ZERO);
            return Duration.ZERO;
        }
        if (!now.isBefore(order.destroyAt())) {
            destroy();
        } else if (!shutdownAsked) {
            shutdownAsked = true;
            try {
                parts.hypervisor().shutdown(id);
            } catch (HypervisorException e) {
                LOG.log(Level.WARNING, "cannot ask for a shutdown " + parts.identity(id.vm()) + ": " + e.getMessage());
            }
        }
        return SOON;
    }

    private void destroy() {
        try {
            parts.hypervisor().destroy(id);
        } catch (HypervisorException e) {
            LOG.log(Level.WARNING, "cannot destroy it yet " + parts.identity(id.vm()) + ": " + e.getMessage());
        }
    }

    private Duration gone(Stage.Live live, Sighting.Ending ending) {
        saving.giveUp("The VM ended meanwhile");
        Stop order = endings.stop();
        if (order != null) {
            return ended(order);
        }
        String identity = " " + parts.identity(id.vm());
        return switch (ending) {
            case POWERED_OFF -> ended(StopReason.GUEST, "The guest switched itself off" + identity);
            case DESTROYED -> ended(StopReason.OPERATOR, "The domain was destroyed on the node" + identity);
            case CRASHED ->
                failed(new Failure(ErrorCode.GUEST_CRASHED, "The guest's QEMU process ended unexpectedly" + identity));
            case UNSEEN ->
                failed(
                        live.unclear() != null
                                ? live.unclear()
                                : new Failure(
                                        ErrorCode.GUEST_CRASHED,
                                        "The guest was gone when libvirt could be asked again" + identity));
        };
    }

    private Duration ended(Stop order) {
        Failure failure = order.failure();
        return failure == null ? ended(order.reason(), order.message()) : failed(failure);
    }

    private Duration ended(StopReason reason, String message) {
        cleanUp();
        card.ended(reason, message);
        return finished();
    }

    private Duration failed(Failure failure) {
        cleanUp();
        card.failed(failure);
        return finished();
    }

    private Duration finished() {
        stage = new Stage.Over();
        try {
            parts.files().noteEnd(id, parts.json().writeValue(report()));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "its end is not noted " + parts.identity(id.vm()) + ": " + e.getMessage());
        }
        return NEVER;
    }

    private Duration endedBefore(VmReport report) {
        card.endedAs(report);
        stage = new Stage.Over();
        return NEVER;
    }

    private void cleanUp() {
        console.ifPresent(ConsoleTail::finish);
        switch (stage) {
            case Stage.Live live -> parts.ports().giveBack(live.mark().nodePorts());
            case Stage.Suspending suspending ->
                parts.ports().giveBack(suspending.mark().nodePorts());
            case Stage.Waiting waiting -> {}
            case Stage.Starting starting -> {}
            case Stage.Over over -> {}
        }
        parts.share().cores().giveBack(id);
        try {
            parts.files().remove(id);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "its files are still there " + parts.identity(id.vm()) + ": " + e.getMessage());
        }
    }
}
