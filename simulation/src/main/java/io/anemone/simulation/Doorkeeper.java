package io.anemone.simulation;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseEvent;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.scheduler.JobAnswer;
import io.anemone.core.scheduler.JobState;
import io.anemone.core.scheduler.JobView;
import io.anemone.core.scheduler.Scheduler;
import io.anemone.core.scheduler.SchedulerUnavailableException;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSize;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.wire.AgentMessage.Hello;
import io.anemone.core.wire.Join;
import io.anemone.core.wire.OrchestratorMessage.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which agent may speak for which lease: the rules of the orchestrator's admission, over the simulated database. */
final class Doorkeeper {

    static final int OVERHEAD_MIB = 128;

    /** Not let in. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Refused refused;

        private RefusedException(ErrorCode code, boolean retry) {
            super(code.name(), null, false, false);
            this.refused = new Refused(code, code.name(), retry);
        }

        Refused refused() {
            return refused;
        }
    }

    /** Let in. */
    record Admitted(LeaseId lease, long epoch, String secret) {}

    private final Site site;
    private final Store store;
    private final Scheduler scheduler;

    Doorkeeper(Site site, Store store, Scheduler scheduler) {
        this.site = site;
        this.store = store;
        this.scheduler = scheduler;
    }

    /** @param owner who the job of the agent truly belongs to: what a credential would prove */
    Admitted admit(Hello hello, String owner) {
        try {
            return switch (hello.join()) {
                case Join.WithToken join -> withToken(hello, join.lease());
                case Join.Again join -> again(hello, join);
                case Join.Direct join -> direct(hello, join, owner);
            };
        } catch (SchedulerUnavailableException e) {
            throw new RefusedException(ErrorCode.SCHEDULER_UNAVAILABLE, true);
        }
    }

    private Admitted withToken(Hello hello, LeaseId id) {
        LeaseRow lease = site.database().leases.get(id);
        if (lease == null) {
            throw new RefusedException(ErrorCode.CREDENTIAL_INVALID, false);
        }
        boolean used = (lease.state instanceof LeaseState.Active || lease.state instanceof LeaseState.Draining)
                && lease.secretConfirmed;
        if (used || lease.over() || lease.state instanceof LeaseState.Releasing) {
            throw new RefusedException(used ? ErrorCode.CREDENTIAL_INVALID : ErrorCode.LEASE_OVER, false);
        }
        JobView job = running(hello, lease.spec.owner());
        if (!job.name().equals(id.jobName()) || !job.owner().equals(lease.spec.owner())) {
            throw new RefusedException(ErrorCode.CREDENTIAL_MISMATCH, false);
        }
        return let(id, job, secretOf(id));
    }

    private JobView running(Hello hello, String owner) {
        JobView job = switch (scheduler.job(hello.jobId(), owner)) {
            case JobAnswer.Known(JobView known) -> known;
            case JobAnswer.NoSuchJob none -> throw new RefusedException(ErrorCode.JOB_NOT_FOUND, false);
        };
        if (job.state() != JobState.RUNNING) {
            throw new RefusedException(ErrorCode.JOB_NOT_RUNNING, !job.state().over());
        }
        if (!hello.node().equals(job.node()) || !job.owner().equals(owner)) {
            throw new RefusedException(ErrorCode.JOB_NOT_ON_NODE, false);
        }
        return job;
    }

    private Admitted again(Hello hello, Join.Again join) {
        LeaseRow lease = site.database().leases.get(join.lease());
        if (lease == null || !lease.secret.equals(join.secret())) {
            throw new RefusedException(ErrorCode.CREDENTIAL_INVALID, false);
        }
        if (lease.over()) {
            throw new RefusedException(ErrorCode.LEASE_OVER, false);
        }
        if (!hello.jobId().equals(lease.state.jobId())) {
            throw new RefusedException(ErrorCode.CREDENTIAL_MISMATCH, false);
        }
        return let(lease.id, null, join.secret());
    }

    private Admitted direct(Hello hello, Join.Direct join, String owner) {
        JobView job = running(hello, owner);
        LeaseId id = site.database()
                .transact(() -> store.findDirect(job)
                        .map(lease -> lease.id)
                        .orElseGet(() -> make(job, hello.node(), join.request())));
        return let(id, job, secretOf(id));
    }

    private LeaseId make(JobView job, String node, Join.VmRequest request) {
        VmSpec spec = spec(request, job.owner());
        VmId vm = new VmId(
                new UUID(site.world().random().nextLong(), site.world().random().nextLong()));
        store.create(vm, spec);
        LeaseSpec lease = new LeaseSpec(
                LaunchPath.DIRECT,
                job.owner(),
                null,
                null,
                null,
                job.cores(),
                (int) job.memoryMiB() - OVERHEAD_MIB,
                Duration.between(Objects.requireNonNull(job.startedAt()), end(job)),
                false);
        return store.found(lease, vm, job, node);
    }

    private static VmSpec spec(Join.VmRequest request, String owner) {
        return new VmSpec(
                "guest",
                owner,
                null,
                LaunchPath.DIRECT,
                "micro",
                new VmSize(Objects.requireNonNull(request.vcpus()), Objects.requireNonNull(request.memoryMiB())),
                null,
                null,
                null,
                List.of(),
                null,
                Map.of(),
                GuestOptions.DEFAULT);
    }

    private static Instant end(JobView job) {
        return Objects.requireNonNull(job.endsAt());
    }

    private static LeaseEvent.AgentJoined joined(JobView job) {
        return new LeaseEvent.AgentJoined(
                job.id(),
                Objects.requireNonNull(job.node()),
                end(job),
                new Grant(job.cores(), (int) job.memoryMiB() - OVERHEAD_MIB));
    }

    /** @param job that it was proven to belong to; null for one that joined before */
    private Admitted let(LeaseId id, @Nullable JobView job, String secret) {
        return site.database().transact(() -> {
            if (job != null) {
                store.apply(id, joined(job));
            }
            LeaseRow lease = store.lease(id);
            if (!speaksFor(lease, job)) {
                throw new RefusedException(ErrorCode.LEASE_OVER, false);
            }
            lease.secretConfirmed = job == null;
            if (job != null && lease.jobSubmittedAt == null) {
                lease.jobSubmittedAt = job.submittedAt();
            }
            lease.secret = secret;
            lease.epoch++;
            site.database().changed();
            return new Admitted(id, lease.epoch, secret);
        });
    }

    private static boolean speaksFor(LeaseRow lease, @Nullable JobView job) {
        return switch (lease.state.phase()) {
            case ACTIVE, DRAINING -> job == null || isIts(lease, job);
            case RELEASING -> job == null;
            case REQUESTED, SUBMITTING, QUEUED, STARTING, RELEASED, FAILED -> false;
        };
    }

    private static boolean isIts(LeaseRow lease, JobView job) {
        return job.id().equals(lease.state.jobId())
                && Objects.equals(job.node(), lease.state.node())
                && lease.view().isRun(job.submittedAt());
    }

    private static String secretOf(LeaseId lease) {
        return "secret of " + lease;
    }
}
