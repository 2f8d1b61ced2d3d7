package io.anemone.simulation;

import io.anemone.agent.files.SavedGuests;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.Hardware;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Saved;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmNeed;
import io.anemone.core.vm.VmState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold after each step, in the world as it truly is. */
final class Invariants {

    private final Site site;
    private final Cluster cluster;
    private final Set<VmId> acknowledged = new HashSet<>();
    private long seenDatabase = -1;
    private long seenDomains = -1;

    Invariants(Site site, Cluster cluster) {
        this.site = site;
        this.cluster = cluster;
    }

    /** I4. */
    void acknowledged(VmId vm) {
        acknowledged.add(vm);
    }

    void check() {
        if (site.database().version() == seenDatabase && site.domains().version() == seenDomains) {
            return;
        }
        seenDatabase = site.database().version();
        seenDomains = site.domains().version();
        oneDomainPerVm();
        domainsHaveTheirLease();
        roomIsNotOversold();
        deadlinesAreThere();
        whatWasSavedIsThere();
        if (!site.database().vms.keySet().containsAll(acknowledged)) {
            throw new Violation("I4: an acknowledged VM is lost");
        }
    }

    private void oneDomainPerVm() {
        Map<VmId, Domains.Live> seen = new HashMap<>();
        Map<LeaseId, JobRun> jobs = new HashMap<>();
        for (Domains.Live domain : site.domains().live()) {
            Domains.Live other = seen.put(domain.id().vm(), domain);
            if (other != null) {
                throw new Violation(
                        "I1: two live domains of " + Names.of(domain.id().vm()) + ": attempt "
                                + other.id().attempt() + " in " + other.run() + ", attempt "
                                + domain.id().attempt() + " in " + domain.run());
            }
            domain.run().lease().ifPresent(lease -> {
                JobRun before = jobs.put(lease, domain.run());
                if (before != null && before != domain.run()) {
                    throw new Violation(
                            "I3: two jobs of " + Names.of(lease) + " run VMs: " + before + " and " + domain.run());
                }
            });
        }
    }

    private void domainsHaveTheirLease() {
        for (Domains.Live domain : site.domains().live()) {
            DomainId id = domain.id();
            if (domain.run().over()) {
                throw new Violation("I2: a domain of " + Names.of(id.vm()) + " outlives " + domain.run());
            }
            VmRow vm = site.database().vms.get(id.vm());
            if (vm == null) {
                throw new Violation("I4: a domain runs of a VM that has no record");
            }
            boolean moved = vm.over()
                    || vm.state.attempt() != id.attempt()
                    || vm.state instanceof VmState.Pending
                    || vm.state instanceof VmState.Suspended;
            if (moved) {
                throw new Violation("I5: " + Names.of(id.vm()) + "/" + id.attempt() + " runs in " + domain.run()
                        + ", and its record says " + vm.state);
            }
            LeaseRow lease =
                    vm.state.lease() == null ? null : site.database().leases.get(vm.state.lease());
            if (lease != null && lease.over()) {
                throw new Violation("I5: " + Names.of(lease.id) + " is over by its record, and " + Names.of(id.vm())
                        + " runs in " + domain.run());
            }
        }
    }

    private void roomIsNotOversold() {
        Map<JobRun, VmNeed> used = new HashMap<>();
        for (Domains.Live domain : site.domains().live()) {
            VmNeed sum = used.merge(domain.run(), VmNeed.of(domain.size(), Hardware.DEFAULT), VmNeed::plus);
            JobView job = domain.run().job();
            if (!sum.fits(new Grant(job.cores(), (int) job.memoryMiB() - Doorkeeper.OVERHEAD_MIB))) {
                throw new Violation("I6: more is placed on " + domain.run() + " than it was granted");
            }
        }
    }

    private void deadlinesAreThere() {
        for (VmRow vm : site.database().vms.values()) {
            boolean transitional = switch (vm.state) {
                case VmState.Placed s -> true;
                case VmState.Preparing s -> true;
                case VmState.Booting s -> true;
                case VmState.Suspending s -> true;
                case VmState.Stopping s -> true;
                case VmState.Pending s -> false;
                case VmState.Queued s -> false;
                case VmState.Running s -> false;
                case VmState.Ready s -> false;
                case VmState.Suspended s -> false;
                case VmState.Stopped s -> false;
                case VmState.Failed s -> false;
            };
            if (transitional && vm.state.deadline() == null) {
                throw new Violation("I7: no deadline in " + vm.state);
            }
        }
    }

    /** I4, for guests: what was acknowledged as suspended is there, whole, until it runs again or its owner ends it. */
    private void whatWasSavedIsThere() {
        for (VmRow vm : site.database().vms.values()) {
            Saved saved = vm.saved();
            if (saved != null && !isWhole(new DomainId(vm.id, saved.attempt()))) {
                throw new Violation("I4: what " + Names.of(vm.id) + "/" + saved.attempt()
                        + " saved is lost; its record says " + vm.state);
            }
        }
    }

    private boolean isWhole(DomainId id) {
        SavedGuests.Guest guest = site.storage().complete.get(id);
        return guest != null && site.storage().memory.contains(guest.memory().toString());
    }

    /** I9, for saved guests: each is known of, so that it will be removed. */
    private void savedGuestsAreKnown(List<String> left) {
        for (DomainId id : site.storage().complete.keySet()) {
            VmRow vm = site.database().vms.get(id.vm());
            if (vm == null || vm.kept == null || vm.kept < id.attempt()) {
                left.add("what " + Names.of(id.vm()) + "/" + id.attempt() + " saved is forgotten");
            }
        }
    }

    /** A guest that nobody wants suspended any more goes on. */
    private void nobodyIsLeftPaused(List<String> unrest) {
        for (Domains.Live domain : site.domains().live()) {
            VmRow vm = site.database().vms.get(domain.id().vm());
            if (vm != null
                    && (vm.state instanceof VmState.Running || vm.state instanceof VmState.Ready)
                    && domain.run().hypervisor().paused(domain.id())) {
                unrest.add(Names.of(vm.id) + " is left paused");
            }
        }
    }

    /** Why the site is not at rest; empty when it is. */
    List<String> unrest() {
        List<String> unrest = new java.util.ArrayList<>();
        for (VmRow vm : site.database().vms.values()) {
            boolean rests = switch (vm.state) {
                case VmState.Ready s -> vm.goal != Goal.SUSPEND || vm.spec.path() == LaunchPath.DIRECT;
                case VmState.Suspended s -> vm.goal == Goal.SUSPEND;
                case VmState.Suspending s -> false;
                case VmState.Stopped s -> true;
                case VmState.Failed s -> true;
                case VmState.Pending s -> vm.spec.pool() != null;
                case VmState.Queued s -> waitsInQueue(s.lease());
                case VmState.Placed s -> false;
                case VmState.Preparing s -> false;
                case VmState.Booting s -> false;
                case VmState.Running s -> false;
                case VmState.Stopping s -> false;
            };
            if (!rests || (vm.goal == Goal.TERMINATE && !vm.over())) {
                unrest.add(Names.of(vm.id) + " is " + vm.state);
            }
        }
        for (LeaseRow lease : site.database().leases.values()) {
            boolean rests = switch (lease.state) {
                case LeaseState.Queued s -> waitsInQueue(lease.id);
                case LeaseState.Active s -> cluster.run(s.jobId()).isPresent();
                case LeaseState.Draining s -> cluster.run(s.jobId()).isPresent();
                case LeaseState.Released s -> true;
                case LeaseState.Failed s -> true;
                case LeaseState.Requested s -> false;
                case LeaseState.Submitting s -> false;
                case LeaseState.Starting s -> false;
                case LeaseState.Releasing s -> false;
            };
            if (!rests) {
                unrest.add(Names.of(lease.id) + " is " + lease.state);
            }
        }
        nobodyIsLeftPaused(unrest);
        Set<String> backed = new HashSet<>();
        site.database().leases.values().stream()
                .filter(lease -> !lease.over() && lease.state.jobId() != null)
                .forEach(lease -> backed.add(lease.state.jobId()));
        cluster.live().stream()
                .filter(job -> LeaseId.ofJobName(job.name()).isPresent() && !backed.contains(job.id()))
                .forEach(job -> unrest.add("job " + job.id() + " backs no lease"));
        site.database().effects.keySet().forEach(key -> unrest.add("effect " + key + " is not settled"));
        return unrest;
    }

    private boolean waitsInQueue(LeaseId lease) {
        return cluster.live().stream()
                .anyMatch(job -> job.name().equals(lease.jobName())
                        && job.state() == io.anemone.core.scheduler.JobState.PENDING);
    }

    /** What is left when nothing should be; empty when nothing is. */
    List<String> leftovers() {
        List<String> left = new java.util.ArrayList<>(unrest());
        site.database().vms.values().stream()
                .filter(vm -> !vm.over())
                .forEach(vm -> left.add(Names.of(vm.id) + " is still " + vm.state));
        site.database().leases.values().stream()
                .filter(lease -> !lease.over())
                .forEach(lease -> left.add(Names.of(lease.id) + " is still " + lease.state));
        savedGuestsAreKnown(left);
        site.domains().live().forEach(domain -> left.add("domain " + domain.id() + " is left"));
        cluster.running().stream()
                .filter(run -> run.lease().isPresent() || run.request() != null)
                .forEach(run -> left.add(run + " runs on" + (run.files().empty() ? "" : " with files")));
        return left;
    }
}
