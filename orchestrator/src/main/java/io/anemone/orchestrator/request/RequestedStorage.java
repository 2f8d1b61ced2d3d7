package io.anemone.orchestrator.request;

import io.anemone.core.wire.StorageRequest;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A VM's disks as somebody wrote them down: nothing is checked yet. */
@Schema(name = "StorageRequest", description = "Disks besides what the image gives")
public record RequestedStorage(
        @Schema(
                description = "Size of the root disk in GiB, at least its image's; without it, as large as that."
                        + " Only for images that boot from a disk",
                examples = "20")
        @Nullable
        Integer rootGiB,

        @Schema(
                description = "Sizes of empty disks that end with the VM, in GiB, at most 4: `/dev/disk/by-id/"
                        + "virtio-scratch-1` and so on",
                examples = "[10]")
        @Nullable
        List<@Nullable Integer> scratchGiB,

        @Schema(
                description = "Names of your volumes, at most 8, see `GET /volumes`: `/dev/disk/by-id/virtio-NAME`."
                        + " Each is held by this VM until the VM is over",
                examples = "[\"results\"]")
        @Nullable
        List<@Nullable String> volumes,

        @Schema(description = "Directories of the cluster that the guest may mount, at most 8; not for path `static`")
        @Nullable
        List<@Nullable Share> shares) {

    /** A directory of the cluster. */
    @Schema(name = "ShareRequest")
    public record Share(
            @Schema(description = "Absolute, in a directory that the operators allow", examples = "/scratch/researcher")
            @Nullable
            String path,

            @Schema(
                    description = "What the guest mounts it by: `mount -t 9p -o trans=virtio,version=9p2000.L TAG DIR`."
                            + " Lower-case letters, digits and hyphens",
                    examples = "scratch")
            @Nullable
            String tag,

            @Schema(description = "Whether the guest may only read it", defaultValue = "false") @Nullable
            Boolean readOnly) {}

    static @Nullable RequestedStorage direct(@Nullable StorageRequest request) {
        if (request == null) {
            return null;
        }
        List<StorageRequest.Share> shares = request.shares();
        return new RequestedStorage(
                request.rootGiB(),
                request.scratchGiB(),
                request.volumes(),
                shares == null
                        ? null
                        : shares.stream()
                                .map(share -> new Share(share.path(), share.tag(), share.readOnly()))
                                .toList());
    }
}
