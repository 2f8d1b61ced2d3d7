package io.anemone.orchestrator.lease;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.plan.LeaseView;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmId;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "lease")
class LeaseEntity {

    @Id
    UUID id = new UUID(0, 0);

    @Enumerated(EnumType.STRING)
    LaunchPath path = LaunchPath.SCHEDULED;

    String owner = "";

    @Nullable
    String project;

    @Nullable
    String partition;

    @Nullable
    String pool;

    int cores;
    int memoryMib;
    long walltimeSeconds;
    boolean exclusive;
    List<String> avoid = List.of();

    @Nullable
    UUID vmId;

    @Embedded
    LeaseStateColumns state = new LeaseStateColumns();

    @Nullable
    String hint;

    long epoch;

    byte @Nullable [] secretHash;

    boolean secretConfirmed;

    @Nullable
    UUID connectedTo;

    Instant contactChangedAt = Instant.EPOCH;

    @Nullable
    Instant jobSubmittedAt;

    Instant createdAt = Instant.EPOCH;
    Instant since = Instant.EPOCH;

    @Nullable
    Instant startedAt;

    @Nullable
    Instant activeAt;

    @Nullable
    Instant endedAt;

    @Version
    long version;

    static LeaseEntity of(LeaseId id, LeaseSpec spec, @Nullable VmId vm, LeaseState state, Instant now) {
        LeaseEntity lease = new LeaseEntity();
        lease.id = id.value();
        lease.path = spec.path();
        lease.owner = spec.owner();
        lease.project = spec.project();
        lease.partition = spec.partition();
        lease.pool = spec.pool();
        lease.cores = spec.cores();
        lease.memoryMib = spec.memoryMiB();
        lease.walltimeSeconds = spec.walltime().toSeconds();
        lease.exclusive = spec.exclusive();
        lease.avoid = spec.avoid().stream().sorted().toList();
        lease.vmId = vm == null ? null : vm.value();
        lease.contactChangedAt = now;
        lease.createdAt = now;
        lease.enter(state, now);
        return lease;
    }

    /** Writes a state that the machine made, and the times that go with it. */
    void enter(LeaseState next, Instant now) {
        boolean entered = state.phase != next.phase() || since.equals(Instant.EPOCH);
        state.write(next);
        if (entered) {
            since = now;
            hint = null;
        }
        switch (next) {
            case LeaseState.Starting s -> startedAt = startedAt == null ? now : startedAt;
            case LeaseState.Active s -> {
                startedAt = startedAt == null ? now : startedAt;
                activeAt = activeAt == null ? now : activeAt;
            }
            case LeaseState.Released s -> endedAt = now;
            case LeaseState.Failed s -> endedAt = now;
            case LeaseState.Requested s -> {}
            case LeaseState.Submitting s -> {}
            case LeaseState.Queued s -> {}
            case LeaseState.Draining s -> {}
            case LeaseState.Releasing s -> {}
        }
    }

    LeaseId leaseId() {
        return new LeaseId(id);
    }

    @Nullable
    VmId vm() {
        return vmId == null ? null : new VmId(vmId);
    }

    LeaseSpec spec() {
        return new LeaseSpec(
                path,
                owner,
                project,
                partition,
                pool,
                cores,
                memoryMib,
                Duration.ofSeconds(walltimeSeconds),
                exclusive,
                Set.copyOf(avoid));
    }

    LeaseView toView() {
        return new LeaseView(leaseId(), spec(), vm(), state.read(), since, jobSubmittedAt);
    }

    LeaseRecord toRecord(List<VmId> vms) {
        return new LeaseRecord(
                leaseId(),
                spec(),
                vm(),
                state.read(),
                state.endsAt,
                new LeaseContact(epoch, connectedTo != null, contactChangedAt),
                new LeaseTimes(createdAt, since, startedAt, activeAt, endedAt),
                hint,
                vms,
                version);
    }
}
