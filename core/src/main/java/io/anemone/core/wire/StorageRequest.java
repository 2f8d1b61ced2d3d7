package io.anemone.core.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The disks of a direct job's VM as its owner wrote them, not yet validated; the same fields as in the API. */
public record StorageRequest(
        @Nullable Integer rootGiB,
        @Nullable List<Integer> scratchGiB,
        @Nullable List<String> volumes,
        @Nullable List<Share> shares) {

    /** A directory of the cluster. */
    public record Share(
            @Nullable String path,
            @Nullable String tag,
            @Nullable Boolean readOnly) {}
}
