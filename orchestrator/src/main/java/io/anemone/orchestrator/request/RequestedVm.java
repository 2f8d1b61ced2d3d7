package io.anemone.orchestrator.request;

import io.anemone.core.wire.Join;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A VM as somebody wrote it down: nothing is checked yet. {@link VmRequestParser} makes a spec of it. */
@Schema(
        name = "VmRequest",
        description = "A VM to run. Give either `flavor`, or `vcpus` and `memoryMiB`.",
        requiredProperties = {"name", "image", "path"})
public record RequestedVm(
        @Schema(
                description = "Host name of the guest: an RFC 1123 label in lower case",
                pattern = VmRequestParser.NAME,
                maxLength = 63,
                examples = "solver-1")
        @Nullable
        String name,

        @Schema(
                description = "An image, see `GET /images`: its name for the newest revision, or `name@revision`",
                examples = "micro")
        @Nullable
        String image,

        @Schema(description = "Name of a flavor, see `GET /flavors`", examples = "small") @Nullable
        String flavor,

        @Schema(description = "Virtual processors", minimum = "1", maximum = "1024", examples = "2") @Nullable
        Integer vcpus,

        @Schema(description = "Memory in MiB", minimum = "64", maximum = "4194304", examples = "2048") @Nullable
        Integer memoryMiB,

        @Schema(
                description = "How its lease comes to be. `direct` is not requestable here: it starts from a batch job"
                        + " of your own",
                enumeration = {"static", "scheduled"},
                examples = "scheduled")
        @Nullable
        String path,

        @Schema(
                description = "How long it may run, as an ISO 8601 duration of whole seconds, from one minute to 365"
                        + " days; without it, as long as its lease",
                examples = "PT1H")
        @Nullable
        String walltime,

        @Schema(description = "Account that the scheduler charges; without it, your default", examples = "climate")
        @Nullable
        String project,

        @Schema(
                description = "Partition that the job is asked for in; only for path `scheduled`; without it, the"
                        + " scheduler's default",
                examples = "batch")
        @Nullable
        String partition,

        @Schema(description = "Pool to be placed on; only for path `static`", defaultValue = "default") @Nullable
        String pool,

        @Schema(
                description = "Public keys that may log in, OpenSSH's one-line format without options, at most 32",
                examples = "[\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEq3yIEVGOnbDDjCVVUGzCcQPeYyVnnP3ZgrgHFZdIbp me\"]")
        @Nullable
        List<String> sshKeys,

        @Schema(
                description =
                        "cloud-init user data, at most 64 KiB, of a kind that its first line tells; never shown again")
        @Nullable
        String userData,

        @Schema(
                description = "Free key-value pairs, at most 64. Values: letters, digits, spaces and . _ - / : @ + = ,",
                examples = "{\"experiment\": \"reef-7\"}")
        @Nullable
        Map<String, String> labels,

        @Nullable RequestedReadiness readiness,

        @Schema(description = "Disks besides what the image gives") @Nullable
        RequestedStorage storage,

        @Schema(description = "The machine that the guest sees") @Nullable
        RequestedHardware hardware,

        @Schema(description = "How the guest is connected") @Nullable
        RequestedNetwork network) {

    /** The VM of a direct job. */
    static RequestedVm direct(Join.VmRequest request) {
        return new RequestedVm(
                request.name(),
                request.image(),
                request.flavor(),
                request.vcpus(),
                request.memoryMiB(),
                "direct",
                request.walltime(),
                request.project(),
                null,
                null,
                request.sshKeys(),
                request.userData(),
                request.labels(),
                RequestedReadiness.direct(request.readiness()),
                RequestedStorage.direct(request.storage()),
                RequestedHardware.of(request.hardware()),
                RequestedNetwork.of(request.network()));
    }

    /** Leaves out what may hold secrets. */
    @Override
    public String toString() {
        return "RequestedVm[]";
    }
}
