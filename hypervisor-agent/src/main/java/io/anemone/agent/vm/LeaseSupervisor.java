package io.anemone.agent.vm;

import io.anemone.agent.link.Link;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainView;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.StopReason;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.Discard;
import io.anemone.core.wire.OrchestratorMessage.Desired;
import io.anemone.core.wire.OrchestratorMessage.Welcome;
import io.anemone.core.wire.StopOrder;
import io.anemone.core.wire.VmReport;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All VMs of one lease: gives each its orders from what the orchestrator desires. Safe for use by many threads. */
public final class LeaseSupervisor {

    private static final System.Logger LOG = System.getLogger(LeaseSupervisor.class.getName());

    private record Driven(VmSupervisor supervisor, Runnable waker) {
        void wake() {
            waker.run();
        }
    }

    private final VmParts parts;
    private final Link link;
    private final Runnable changed;
    private final @Nullable Duration margin;
    private final Instant begun;
    private final Discards discards;
    private final Map<DomainId, Driven> vms = new LinkedHashMap<>();
    private Map<DomainId, DomainView> strays = Map.of();
    private long epoch;
    private boolean released;
    private @Nullable Desired last;

    /** @param margin before the lease's end, null for the default; {@code changed} is called after each change */
    public LeaseSupervisor(VmParts parts, Link link, @Nullable Duration margin, Runnable changed) {
        this.parts = parts;
        this.link = link;
        this.margin = margin;
        this.changed = changed;
        this.begun = parts.clock().instant();
        this.discards = new Discards(parts, changed);
        parts.hypervisor().onChange(this::wakeAll);
    }

    /** Takes over what an earlier agent of this job left running. */
    public synchronized void adopt(List<DomainView> domains) {
        for (DomainView domain : domains) {
            if (domain.mark().job().equals(parts.job())
                    && !vms.containsKey(domain.mark().id())) {
                VmSupervisor supervisor =
                        supervisor(domain.mark().id(), domain.mark().lease());
                supervisor.adopt(domain);
                run(supervisor);
            }
        }
    }

    /** Takes over the word of an earlier agent of this job that it saved these. */
    public synchronized void adoptSaved(List<DomainId> saved, LeaseId lease) {
        for (DomainId id : saved) {
            if (!vms.containsKey(id)) {
                VmSupervisor supervisor = supervisor(id, lease);
                supervisor.saved();
                run(supervisor);
            }
        }
    }

    /** Every attempt that it supervises, ended ones too. */
    public synchronized Set<DomainId> known() {
        return Set.copyOf(vms.keySet());
    }

    /** Domains that it does not supervise, whoever started them. They are left alone until an order names them. */
    public synchronized void sees(List<DomainView> domains) {
        Map<DomainId, DomainView> seen = new HashMap<>();
        domains.forEach(domain -> seen.put(domain.mark().id(), domain));
        strays = seen;
    }

    public synchronized void welcome(Welcome welcome) {
        epoch = Math.max(epoch, welcome.epoch());
    }

    /** @return false if it was refused as older than what was accepted before */
    public synchronized boolean desired(Desired desired) {
        if (desired.epoch() < epoch) {
            LOG.log(Level.WARNING, "refused orders of epoch " + desired.epoch() + ": this is epoch " + epoch);
            return false;
        }
        epoch = desired.epoch();
        last = desired;
        released |= desired.release();
        Duration before =
                margin != null ? margin : LeaseEnding.defaultMargin(Duration.between(begun, desired.endsAt()));
        LeaseEnding ending = LeaseEnding.before(desired.endsAt(), before);
        for (DesiredVm vm : desired.all()) {
            DomainId id = new DomainId(vm.vm(), vm.attempt());
            Driven known = vms.get(id);
            VmSupervisor supervisor = known != null ? known.supervisor() : supervisor(id, desired.lease());
            supervisor.want(vm);
            supervisor.leaseEnds(ending);
            runUnlessKnown(known, supervisor);
        }
        for (StopOrder order : desired.stop()) {
            DomainId id = new DomainId(order.vm(), order.attempt());
            Driven known = vms.get(id);
            VmSupervisor supervisor = known != null ? known.supervisor() : toStop(id, desired.lease());
            supervisor.stop(order);
            runUnlessKnown(known, supervisor);
        }
        vms.values().forEach(vm -> vm.supervisor().leaseEnds(ending));
        if (released) {
            endAll(StopReason.OPERATOR, "The lease was released", Duration.ofSeconds(10));
        }
        forgetEnded(desired);
        discards.want(desired.discard());
        wakeAll();
        return true;
    }

    public synchronized void endAll(StopReason reason, String message, Duration grace) {
        vms.values().forEach(vm -> {
            VmSupervisor supervisor = vm.supervisor();
            supervisor.end(
                    reason, message + " " + parts.identity(supervisor.id().vm()), grace);
            vm.wake();
        });
    }

    /** After every guest process was killed. */
    public synchronized void declareOver() {
        vms.values().forEach(vm -> vm.supervisor().declareOver());
    }

    public synchronized List<VmReport> reports() {
        List<VmReport> reports = new ArrayList<>();
        vms.values().forEach(vm -> reports.add(vm.supervisor().report()));
        return reports;
    }

    /** What was to be discarded, is, and is still ordered to be. */
    public List<Discard> discarded() {
        return discards.done();
    }

    public synchronized boolean allOver() {
        return vms.values().stream().allMatch(vm -> vm.supervisor().over());
    }

    public synchronized boolean released() {
        return released;
    }

    public synchronized long epoch() {
        return epoch;
    }

    /** When the scheduler ends the job, as far as it is known. */
    public synchronized Optional<Instant> endsAt() {
        return Optional.ofNullable(last).map(Desired::endsAt);
    }

    /** A stray was started by somebody else: that this job has no note of it does not mean that it is not there. */
    private VmSupervisor toStop(DomainId id, LeaseId lease) {
        DomainView stray = strays.get(id);
        if (stray == null) {
            return supervisor(id, lease);
        }
        VmSupervisor supervisor = supervisor(id, stray.mark().lease());
        supervisor.adopt(stray);
        return supervisor;
    }

    private VmSupervisor supervisor(DomainId id, LeaseId lease) {
        return new VmSupervisor(id, lease, parts, link::send, changed);
    }

    private void runUnlessKnown(@Nullable Driven known, VmSupervisor supervisor) {
        if (known == null) {
            run(supervisor);
        }
    }

    private void run(VmSupervisor supervisor) {
        vms.put(supervisor.id(), new Driven(supervisor, parts.threads().drive(supervisor)));
    }

    /** The orchestrator has read its end. It stays noted in the job's directory that it was run. */
    private void forgetEnded(Desired desired) {
        Set<DomainId> listed = new HashSet<>();
        desired.all().forEach(vm -> listed.add(new DomainId(vm.vm(), vm.attempt())));
        desired.stop().forEach(order -> listed.add(new DomainId(order.vm(), order.attempt())));
        vms.values()
                .removeIf(vm -> vm.supervisor().over()
                        && !listed.contains(vm.supervisor().id()));
    }

    private synchronized void wakeAll() {
        vms.values().forEach(Driven::wake);
    }
}
