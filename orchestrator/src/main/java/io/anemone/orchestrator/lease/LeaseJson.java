package io.anemone.orchestrator.lease;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.anemone.core.lease.Grant;
import io.anemone.core.lease.LeaseEnd;
import io.anemone.core.lease.LeasePhase;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.vm.VmId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A lease as the API tells it. */
@Schema(name = "Lease", description = "The right to use part of one node until an end time; backed by one job")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LeaseJson(
        @Schema(format = "uuid") String id,

        @Schema(enumeration = {"static", "scheduled", "direct"})
        String path,

        @Schema(description = "UNIX account that its job runs as", examples = "anemone")
        String owner,

        @Schema(examples = "climate") @Nullable String project,
        @Schema(examples = "batch") @Nullable String partition,
        @Schema(examples = "default") @Nullable String pool,
        LeasePhase phase,
        @Schema(examples = "1042") @Nullable String jobId,
        @Schema(examples = "n1") @Nullable String node,

        @Schema(description = "Grows with each connection of its agent")
        long epoch,

        @Schema(description = "Cores for VMs: granted, or asked for before; 0 for a whole node not granted yet")
        int cores,

        @Schema(description = "Memory for VMs and their QEMUs in MiB, likewise")
        int memoryMiB,

        @Schema(description = "ISO 8601", examples = "PT24H")
        String walltime,

        @Schema(description = "When the scheduler ends its job") @Nullable
        Instant endsAt,

        @Schema(description = "Whether its agent has been away for a while")
        boolean unreachable,

        @Schema(description = "Whether little of its time is left")
        boolean expiring,

        @Schema(description = "Whether its agent is connected")
        boolean connected,

        @Schema(description = "The VMs on it that you may see")
        List<String> vms,

        Instant createdAt,
        @Schema(description = "How it ended") @Nullable End end) {

    /** How a lease came to its end. */
    @Schema(name = "LeaseEnd")
    public record End(
            LeaseEnd.Cause cause,
            @Schema(description = "In plain words") String message) {}

    /** All that were asked for. */
    @Schema(name = "Leases")
    record All(@Schema(description = "Newest first") List<LeaseJson> items) {}

    /** @param vms those of its VMs that the caller may see */
    static LeaseJson of(LeaseRecord lease, List<VmId> vms, Instant now) {
        LeaseSpec spec = lease.spec();
        Grant size = size(lease);
        LeaseEnd end = lease.end();
        return new LeaseJson(
                lease.id().toString(),
                spec.path().name().toLowerCase(Locale.ROOT),
                spec.owner(),
                spec.project(),
                spec.partition(),
                spec.pool(),
                lease.phase(),
                lease.state().jobId(),
                lease.state().node(),
                lease.contact().epoch(),
                size.cores(),
                size.memoryMiB(),
                spec.walltime().toString(),
                lease.endsAt(),
                lease.unreachable(now),
                lease.expiring(now),
                lease.contact().connected(),
                vms.stream().map(VmId::toString).toList(),
                lease.times().createdAt(),
                end == null ? null : new End(end.cause(), end.message()));
    }

    private static Grant size(LeaseRecord lease) {
        return switch (lease.state()) {
            case LeaseState.Active active -> active.grant();
            case LeaseState.Draining draining -> draining.grant();
            case LeaseState.Requested s -> asked(lease);
            case LeaseState.Submitting s -> asked(lease);
            case LeaseState.Queued s -> asked(lease);
            case LeaseState.Starting s -> asked(lease);
            case LeaseState.Releasing s -> asked(lease);
            case LeaseState.Released s -> asked(lease);
            case LeaseState.Failed s -> asked(lease);
        };
    }

    private static Grant asked(LeaseRecord lease) {
        return new Grant(lease.spec().cores(), lease.spec().memoryMiB());
    }
}
