package io.anemone.orchestrator.vm;

import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.GuestFacts;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.Phase;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.VmSize;
import io.anemone.core.vm.VmSpec;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.request.OpenSshPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A VM as the API tells it. User data and whole keys never come back. */
@Schema(name = "Vm", description = "A VM: what was asked for, and where it is")
public record VmJson(
        @Schema(format = "uuid", examples = "6f6c1b57-6c0e-4a52-9b4e-2f0d7d0f6f11")
        String id,

        @Schema(examples = "solver-1") String name,

        @Schema(description = "Account that it belongs to", examples = "researcher")
        String owner,

        @Schema(nullable = true, examples = "climate") @Nullable
        String project,

        @Schema(enumeration = {"static", "scheduled", "direct"})
        String path,

        @Schema(examples = "micro") String image,
        @Schema(examples = "1") int vcpus,
        @Schema(examples = "512") int memoryMiB,

        @Schema(nullable = true, description = "ISO 8601; null: as long as its lease", examples = "PT1H") @Nullable
        String walltime,

        @Schema(nullable = true, examples = "batch") @Nullable
        String partition,

        @Schema(nullable = true, examples = "default") @Nullable
        String pool,

        List<SshKey> sshKeys,
        Map<String, String> labels,

        @Schema(description = "Disks besides what its image gives")
        StorageJson storage,

        @Schema(description = "What its owner wants") Goal goal,

        @Schema(description = "Where it is. READY needs evidence from the guest; RUNNING does not")
        Phase phase,

        @Schema(
                description =
                        "Whether its guest is being rebooted, until it shows again that it can be used (or its boot"
                                + " deadline has passed): READY tells of before then")
        boolean rebooting,

        @Schema(
                nullable = true,
                description = "Why it is over: GUEST, USER, WALLTIME, PREEMPTED, LEASE_LOST or OPERATOR for a STOPPED"
                        + " one, the failure's code for a FAILED one",
                examples = "GUEST")
        @Nullable
        String reason,

        @Schema(nullable = true, description = "In plain words: why it waits, what did not work, or why it is over")
        @Nullable
        String message,

        @Schema(nullable = true, description = "Its lease; the last one when it is over") @Nullable
        Lease lease,

        @Schema(nullable = true, description = "Where its ssh server is reached from inside the cluster") @Nullable
        Ssh ssh,

        @Schema(description = "The machine that it sees") GuestJson.HardwareJson hardware,
        @Schema(description = "How it is connected") GuestJson.NetworkJson network,

        @Schema(description = "Number of the current or last attempt, from 1", examples = "1")
        int attempt,

        @Schema(description = "What its owner should know of, such as that the guest is emulated")
        List<String> warnings,

        @Schema(nullable = true, description = "What makes it READY; null if its image is not there any more") @Nullable
        Readiness readiness,

        @Schema(nullable = true, description = "What its guest agent says of the guest; null without one") @Nullable
        Guest guest,

        @Schema(description = "When it was asked for") Instant createdAt,

        @Schema(nullable = true, description = "When its lease was asked for") @Nullable
        Instant queuedAt,

        @Schema(nullable = true, description = "When its job started; null on the static path") @Nullable
        Instant jobStartedAt,

        @Schema(nullable = true, description = "When its domain ran") @Nullable
        Instant startedAt,

        @Schema(nullable = true, description = "When its guest showed to be usable") @Nullable
        Instant readyAt,

        @Schema(nullable = true, description = "When it was last suspended; null when it runs") @Nullable
        Instant suspendedAt,

        @Schema(nullable = true, description = "When it was over") @Nullable
        Instant endedAt,

        @Schema(description = "Grows with each change of the VM", examples = "7")
        long version) {

    /** A key that may log in. */
    @Schema(name = "VmSshKey")
    public record SshKey(
            @Schema(examples = "ssh-ed25519") String type,

            @Schema(examples = "SHA256:azarKAKWVoaF79NvkldtkE78IN5uagswFU6UPxTEihM")
            String fingerprint,

            @Schema(examples = "me@home") String comment) {

        static SshKey of(String line) {
            try {
                OpenSshPublicKey key = OpenSshPublicKey.parse(line);
                return new SshKey(key.type(), key.fingerprint(), key.comment());
            } catch (OpenSshPublicKey.NotAKey e) {
                throw new IllegalStateException("a stored ssh key was validated before", e);
            }
        }
    }

    /** The lease, as far as it matters to the VM. */
    @Schema(name = "VmLease")
    public record Lease(
            @Schema(format = "uuid") String id,
            String phase,

            @Schema(nullable = true, examples = "1042") @Nullable
            String jobId,

            @Schema(nullable = true, examples = "n1") @Nullable
            String node,

            @Schema(nullable = true, description = "When its job started") @Nullable
            Instant startedAt,

            @Schema(nullable = true, description = "When the scheduler ends its job") @Nullable
            Instant endsAt) {

        static Lease of(LeaseRecord lease) {
            return new Lease(
                    lease.id().toString(),
                    lease.phase().name(),
                    lease.state().jobId(),
                    lease.state().node(),
                    lease.times().startedAt(),
                    lease.endsAt());
        }
    }

    /** Where to log in. */
    @Schema(name = "VmSsh")
    public record Ssh(
            @Schema(examples = "n1") String host,
            @Schema(examples = "40022") int port,

            @Schema(nullable = true, description = "The guest's account for the keys", examples = "root") @Nullable
            String user) {}

    /** What makes it READY, and whether it is late with it. */
    @Schema(name = "VmReadiness")
    public record Readiness(
            ReadinessProbe.Kind kind,

            @Schema(description = "Its boot deadline, from when its domain runs", examples = "60")
            long timeoutSeconds,

            @Schema(nullable = true, description = "For `CONSOLE`: the text that its console must show") @Nullable
            String pattern,

            @Schema(description = "What follows when the deadline passes")
            ReadinessProbe.OnTimeout onTimeout,

            @Schema(description = "Whether it runs past its boot deadline without having been READY")
            boolean late,

            @Schema(
                    nullable = true,
                    description = "What is missing while it is late",
                    examples = "its ssh server has not answered")
            @Nullable
            String missing) {

        static Readiness of(ReadinessProbe probe, VmRecord vm, Instant now) {
            Instant startedAt = vm.times().startedAt();
            boolean late =
                    vm.phase() == Phase.RUNNING && startedAt != null && now.isAfter(startedAt.plus(probe.timeout()));
            return new Readiness(
                    probe.kind(),
                    probe.timeout().toSeconds(),
                    probe.pattern(),
                    probe.onTimeout(),
                    late,
                    late ? probe.missing() : null);
        }
    }

    /** The guest's own words: shown, and believed in nothing. */
    @Schema(name = "VmGuest")
    public record Guest(
            @Schema(nullable = true, examples = "solver-1") @Nullable
            String hostname,

            @Schema(nullable = true, examples = "Debian GNU/Linux 12 (bookworm)") @Nullable
            String os,

            @Schema(nullable = true, examples = "6.1.0-31-cloud-amd64") @Nullable
            String kernel,

            List<String> addresses,
            @Schema(description = "Who is logged in") List<String> users) {

        static Guest of(GuestFacts facts) {
            return new Guest(facts.hostname(), facts.os(), facts.kernel(), facts.addresses(), facts.users());
        }
    }

    /** @param options the VM's, as far as they are known */
    static VmJson of(VmRecord vm, GuestOptions options, Instant now) {
        ReadinessProbe probe = options.readiness();
        GuestFacts facts = vm.guest();
        VmSpec spec = vm.spec();
        Duration walltime = spec.walltime();
        SshEndpoint ssh = vm.ssh();
        LeaseRecord lease = vm.lease();
        VmSize size = GuestJson.size(vm);
        return new VmJson(
                vm.id().toString(),
                spec.name(),
                spec.owner(),
                spec.project(),
                spec.path().name().toLowerCase(Locale.ROOT),
                spec.image(),
                size.vcpus(),
                size.memoryMiB(),
                walltime == null ? null : walltime.toString(),
                spec.partition(),
                spec.pool(),
                spec.sshKeys().stream().map(SshKey::of).toList(),
                spec.labels(),
                StorageJson.of(options.storage()),
                vm.goal(),
                vm.phase(),
                vm.rebooting(),
                vm.reason(),
                vm.message(),
                lease == null ? null : Lease.of(lease),
                ssh == null ? null : new Ssh(ssh.host(), ssh.port(), options.user()),
                GuestJson.HardwareJson.of(options.hardware()),
                GuestJson.NetworkJson.of(options.network(), ssh == null ? List.of() : vm.ports()),
                vm.state().attempt(),
                vm.warnings(),
                probe == null ? null : Readiness.of(probe, vm, now),
                facts == null ? null : Guest.of(facts),
                vm.times().createdAt(),
                vm.times().queuedAt(),
                vm.jobStartedAt(),
                vm.times().startedAt(),
                vm.times().readyAt(),
                vm.times().suspendedAt(),
                vm.times().endedAt(),
                vm.version());
    }
}
