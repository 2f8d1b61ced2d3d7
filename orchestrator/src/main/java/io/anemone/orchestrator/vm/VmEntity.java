package io.anemone.orchestrator.vm;

import io.anemone.core.orders.Observation;
import io.anemone.core.plan.VmView;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.GuestFacts;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.PublishedPort;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmMachine;
import io.anemone.core.vm.VmNeed;
import io.anemone.core.vm.VmSize;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import io.anemone.orchestrator.lease.LeaseRecord;
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
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "vm")
class VmEntity {

    @Id
    UUID id = new UUID(0, 0);

    String name = "";
    String owner = "";

    @Nullable
    String project;

    @Enumerated(EnumType.STRING)
    LaunchPath path = LaunchPath.SCHEDULED;

    String image = "";
    int vcpus;
    int memoryMib;

    @Nullable
    Long walltimeSeconds;

    @Nullable
    String partition;

    @Nullable
    String pool;

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> sshKeys = List.of();

    @Nullable
    String userData;

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, String> labels = Map.of();

    @JdbcTypeCode(SqlTypes.JSON)
    GuestOptions options = GuestOptions.DEFAULT;

    /** Of {@link VmNeed}, for the database to add up. */
    long needCpuPercent;

    long needMemoryMib;
    boolean wholeNode;

    @JdbcTypeCode(SqlTypes.JSON)
    List<PublishedPort> ports = List.of();

    @Enumerated(EnumType.STRING)
    Goal goal = Goal.RUN;

    @Embedded
    VmStateColumns state = new VmStateColumns();

    @Nullable
    String hint;

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> warnings = List.of();

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    GuestFacts guest;

    boolean adopted;
    Instant createdAt = Instant.EPOCH;

    @Nullable
    Instant queuedAt;

    @Nullable
    Instant startedAt;

    @Nullable
    Instant readyAt;

    @Nullable
    Instant endedAt;

    /** When it was last suspended; null when it runs again. */
    @Nullable
    Instant suspendedAt;

    /** The newest attempt that may have left saved files; null when nothing is left. */
    @Nullable
    Integer keptAttempt;

    /** Names the newest order to reboot. */
    @Nullable
    Instant rebootAskedAt;

    /** The newest order to reboot that its agent has carried out. */
    @Nullable
    Instant rebootedAt;

    /** Whether its guest shall have all the time that it may need to switch itself off. */
    boolean gentle;

    @Version
    long version;

    @Nullable
    String idempotencyKey;

    byte @Nullable [] requestHash;

    static VmEntity of(VmId id, VmSpec spec, @Nullable IdempotencyKey key, Instant now) {
        Duration walltime = spec.walltime();
        VmEntity vm = new VmEntity();
        vm.id = id.value();
        vm.name = spec.name();
        vm.owner = spec.owner();
        vm.project = spec.project();
        vm.path = spec.path();
        vm.image = spec.image();
        vm.vcpus = spec.size().vcpus();
        vm.memoryMib = spec.size().memoryMiB();
        vm.walltimeSeconds = walltime == null ? null : walltime.toSeconds();
        vm.partition = spec.partition();
        vm.pool = spec.pool();
        vm.sshKeys = spec.sshKeys();
        vm.userData = spec.userData();
        vm.labels = spec.labels();
        vm.options = spec.options();
        VmNeed need = VmNeed.of(spec);
        vm.needCpuPercent = need.cpuPercent();
        vm.needMemoryMib = need.memoryMiB();
        vm.wholeNode = spec.options().hardware().wholeNode();
        vm.createdAt = now;
        vm.state.write(VmMachine.initial(now));
        if (key != null) {
            vm.idempotencyKey = key.key();
            vm.requestHash = key.requestHash();
        }
        return vm;
    }

    /** Writes a state that the machine made, and what goes with it. */
    void enter(VmState next, String note, Instant now) {
        boolean wasSuspending = state.phase == Phase.SUSPENDING;
        state.write(next);
        hint = wasSuspending && (next instanceof VmState.Running || next instanceof VmState.Ready) ? note : null;
        switch (next) {
            case VmState.Pending s -> {
                forgetAttempt();
                hint = note;
            }
            case VmState.Queued s -> queuedAt = now;
            case VmState.Stopping s -> hint = note;
            case VmState.Suspending s -> keptAttempt = s.attempt();
            case VmState.Suspended s -> {
                keptAttempt = s.saved().attempt();
                suspendedAt = suspendedAt == null ? now : suspendedAt;
            }
            case VmState.Running s -> runs(now);
            case VmState.Ready s -> {
                runs(now);
                readyAt = readyAt == null ? now : readyAt;
            }
            case VmState.Stopped s -> endedAt = now;
            case VmState.Failed s -> endedAt = now;
            case VmState.Placed s -> {}
            case VmState.Preparing s -> {}
            case VmState.Booting s -> {}
        }
    }

    private void runs(Instant now) {
        startedAt = startedAt == null ? now : startedAt;
        suspendedAt = null;
    }

    /** Whether what was saved up to this attempt is of no use to anybody. An attempt that runs may save again. */
    boolean mayDiscard(int upTo) {
        boolean needed = state.savedAttempt != null && state.savedAttempt <= upTo;
        return !needed && (state.phase.terminal() || upTo < state.attempt);
    }

    private void forgetAttempt() {
        adopted = false;
        warnings = List.of();
        guest = null;
        ports = List.of();
        queuedAt = null;
        startedAt = null;
        readyAt = null;
    }

    VmId vmId() {
        return new VmId(id);
    }

    VmSpec spec() {
        return new VmSpec(
                name,
                owner,
                project,
                path,
                image,
                new VmSize(vcpus, memoryMib),
                walltimeSeconds == null ? null : Duration.ofSeconds(walltimeSeconds),
                partition,
                pool,
                sshKeys,
                userData,
                labels,
                options);
    }

    /**
     * Writes down what its agent said of its current attempt.
     *
     * @return whether something changed
     */
    boolean note(Observation seen, Instant now) {
        boolean changed = false;
        if (startedAt == null && seen.startedAt() != null) {
            startedAt = plausible(seen.startedAt(), now);
            changed = true;
        }
        if (readyAt == null && seen.readyAt() != null) {
            readyAt = plausible(seen.readyAt(), now);
            changed = true;
        }
        if (seen.rebootAt() != null && !seen.rebootAt().equals(rebootedAt)) {
            rebootedAt = seen.rebootAt();
            changed = true;
        }
        if (seen.warnings() != null && !warnings.equals(seen.warnings())) {
            warnings = seen.warnings();
            changed = true;
        }
        if (seen.ports() != null && !ports.equals(seen.ports())) {
            ports = seen.ports();
            changed = true;
        }
        return changed;
    }

    /** A node's clock may be off: nothing happens before the VM was asked for, nor in the future. */
    private Instant plausible(Instant said, Instant now) {
        return said.isBefore(createdAt) || said.isAfter(now) ? now : said;
    }

    /** Whether its node has not come further than making its files. */
    boolean preparing() {
        return state.phase == Phase.PLACED || state.phase == Phase.PREPARING;
    }

    VmView toView() {
        return new VmView(vmId(), spec(), goal, state.read());
    }

    VmRecord toRecord(@Nullable LeaseRecord lease) {
        return new VmRecord(
                vmId(),
                spec(),
                goal,
                state.read(),
                lease,
                new VmTimes(createdAt, queuedAt, startedAt, readyAt, suspendedAt, endedAt),
                new VmOrders(rebootAskedAt, rebootedAt, gentle),
                hint,
                warnings,
                guest,
                ports,
                version);
    }
}
