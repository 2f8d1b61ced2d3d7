package io.anemone.simulation;

import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.PoolSpec;
import io.anemone.core.lease.ReleaseCause;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmEvent;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSize;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import io.anemone.core.wire.Join;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** People: they ask for VMs by each path and end them; operators resize the pool, drain, release and extend. */
final class Users {

    private static final String POOL = "default";

    private final Site site;
    private final Cluster cluster;
    private final Invariants invariants;
    private long gone;
    private long poolRequests;

    Users(Site site, Cluster cluster, Invariants invariants) {
        this.site = site;
        this.cluster = cluster;
        this.invariants = invariants;
    }

    void pool(int leases) {
        long walltime = site.world().between(60, 400);
        PoolSpec spec =
                new PoolSpec(POOL, leases, null, Duration.ofSeconds(walltime), Duration.ofSeconds(walltime / 4));
        long mine = ++poolRequests;
        persist(() -> {
            if (mine == poolRequests) {
                site.database().run(() -> {
                    site.database().pools.put(POOL, spec);
                    site.database().changed();
                });
            }
        });
    }

    /** One thing that somebody does. */
    void act() {
        switch ((int) site.world().between(0, 17)) {
            case 0, 1, 2 -> create(LaunchPath.STATIC);
            case 3, 4 -> create(LaunchPath.SCHEDULED);
            case 5 -> direct();
            case 6, 7 -> pickVm();
            case 8 -> pool((int) site.world().between(0, 2));
            case 9 -> operate();
            case 10, 11 -> cancelOrExtend();
            case 12, 13 -> suspend();
            case 14, 15 -> resume();
            case 16 -> reboot();
            default -> cluster.submitForeign();
        }
    }

    private VmSize size() {
        return new VmSize((int) site.world().between(1, 3), (int) site.world().between(1, 6) * 256);
    }

    private void create(LaunchPath path) {
        VmId id = new VmId(
                new UUID(site.world().random().nextLong(), site.world().random().nextLong()));
        boolean pooled = path == LaunchPath.STATIC;
        @Nullable
        Duration walltime =
                site.world().chance(0.3) ? Duration.ofSeconds(site.world().between(40, 300)) : null;
        VmSpec spec = new VmSpec(
                "guest",
                "researcher",
                null,
                path,
                "micro",
                size(),
                walltime,
                null,
                pooled ? POOL : null,
                List.of(),
                null,
                Map.of(),
                GuestOptions.DEFAULT);
        site.world().tell("user", "asks for " + Names.of(id) + " (" + path + ", " + spec.size() + ")");
        // With an idempotency key, so that a request without an answer can be repeated.
        persist(() -> {
            Orchestrator any = site.world().pick(site.orchestrators());
            site.database().run(() -> any.store().create(id, spec));
            invariants.acknowledged(id);
        });
    }

    private void direct() {
        VmSize size = size();
        Join.VmRequest request = new Join.VmRequest(
                "guest", "micro", null, 1, Math.min(size.memoryMiB(), 768), null, null, null, null, null);
        String job = cluster.submitDirect(
                "researcher", request, Duration.ofSeconds(site.world().between(40, 300)));
        site.world().tell("user", "submits job " + job + " with a VM of its own");
    }

    private void pickVm() {
        List<VmRow> vms =
                site.database().vms.values().stream().filter(vm -> !vm.over()).toList();
        if (!vms.isEmpty()) {
            terminate(site.world().pick(vms));
        }
    }

    private void suspend() {
        List<VmRow> vms = site.database().vms.values().stream()
                .filter(vm -> vm.state instanceof VmState.OnLease || vm.saved() != null)
                .filter(vm -> vm.goal == Goal.RUN && vm.spec.path() != LaunchPath.DIRECT)
                .toList();
        want(vms, "suspends ", Goal.SUSPEND, new VmEvent.SuspendRequested());
    }

    private void resume() {
        List<VmRow> vms = site.database().vms.values().stream()
                .filter(vm -> vm.goal == Goal.SUSPEND)
                .toList();
        want(vms, "resumes ", Goal.RUN, new VmEvent.ResumeRequested());
    }

    private void want(List<VmRow> vms, String what, Goal goal, VmEvent event) {
        if (!vms.isEmpty()) {
            VmRow vm = site.world().pick(vms);
            site.world().tell("user", what + Names.of(vm.id));
            persist(() -> {
                Orchestrator any = site.world().pick(site.orchestrators());
                site.database().run(() -> any.store().want(vm.id, goal, event));
            });
        }
    }

    private void reboot() {
        List<VmRow> vms = site.database().vms.values().stream()
                .filter(vm -> vm.state instanceof VmState.Ready)
                .toList();
        if (!vms.isEmpty()) {
            VmRow vm = site.world().pick(vms);
            site.world().tell("user", "reboots " + Names.of(vm.id));
            persist(() -> {
                Orchestrator any = site.world().pick(site.orchestrators());
                site.database().run(() -> any.store().reboot(vm.id));
            });
        }
    }

    void terminate(VmRow vm) {
        site.world().tell("user", "ends " + Names.of(vm.id));
        persist(() -> {
            Orchestrator any = site.world().pick(site.orchestrators());
            site.database()
                    .run(() -> any.store()
                            .terminate(vm.id, new VmEvent.TerminateRequested(StopReason.USER, "Its owner ended it.")));
        });
    }

    private void operate() {
        List<LeaseRow> leases = site.database().leases.values().stream()
                .filter(lease -> !lease.over())
                .toList();
        if (leases.isEmpty()) {
            return;
        }
        LeaseRow lease = site.world().pick(leases);
        boolean drain = site.world().chance(0.5);
        site.world().tell("operator", (drain ? "drains " : "releases ") + Names.of(lease.id));
        persist(() -> {
            Orchestrator any = site.world().pick(site.orchestrators());
            site.database().run(() -> {
                if (drain) {
                    any.store().apply(lease.id, new LeaseEvent.DrainRequested("by an operator"));
                } else {
                    lease.givenUp = true;
                    any.store().apply(lease.id, new LeaseEvent.ReleaseRequested(ReleaseCause.OPERATOR));
                }
            });
        });
    }

    private void cancelOrExtend() {
        List<JobRun> runs = cluster.running();
        if (runs.isEmpty()) {
            return;
        }
        JobRun run = site.world().pick(runs);
        if (run.over() || cluster.run(run.job().id()).isEmpty()) {
            return;
        }
        if (site.world().chance(0.7)) {
            site.world().tell("operator", "extends " + run);
            cluster.extend(run.job().id(), Duration.ofSeconds(site.world().between(20, 200)));
        } else {
            site.world().tell("operator", "cancels " + run);
            run.end(site.world().chance(0.5) ? JobState.CANCELLED : JobState.PREEMPTED, 143);
        }
    }

    /** People try again until they have an answer. */
    private void persist(Runnable request) {
        try {
            request.run();
        } catch (DatabaseException e) {
            site.world().after(World.NATURE, site.world().between(200, 2000), () -> persist(request));
        }
    }

    /** Everybody goes home, those too whose request was still on its way. */
    void leave() {
        if (gone == 0) {
            site.world().tell("user", "everything is ended");
            pool(0);
        }
        gone++;
        site.database().vms.values().stream()
                .filter(vm -> vm.goal != Goal.TERMINATE && !vm.over())
                .toList()
                .forEach(this::terminate);
        site.world().after(World.NATURE, 3000, this::leave);
    }
}
