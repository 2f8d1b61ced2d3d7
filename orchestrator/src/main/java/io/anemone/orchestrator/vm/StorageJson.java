package io.anemone.orchestrator.vm;

import io.anemone.core.vm.Storage;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a VM stores on, as the API tells it. */
@Schema(name = "VmStorage")
public record StorageJson(
        @Schema(nullable = true, description = "Null: as large as its image's", examples = "20") @Nullable
        Integer rootGiB,

        @Schema(examples = "[10]") List<Integer> scratchGiB,

        @Schema(description = "Names of volumes", examples = "[\"results\"]")
        List<String> volumes,

        List<Share> shares) {

    /** A directory of the cluster that the guest may mount. */
    @Schema(name = "VmShare")
    public record Share(
            @Schema(examples = "/scratch/researcher") String path,
            @Schema(examples = "scratch") String tag,
            boolean readOnly) {}

    static StorageJson of(Storage storage) {
        return new StorageJson(
                storage.rootGiB(),
                storage.scratchGiB(),
                storage.volumes(),
                storage.shares().stream()
                        .map(share -> new Share(share.path(), share.tag(), share.readOnly()))
                        .toList());
    }
}
