package io.anemone.cli.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A lease as the API shows it. */
public record Lease(
        String id,
        String path,
        String owner,
        @Nullable String partition,
        @Nullable String pool,
        String phase,
        @Nullable String jobId,
        @Nullable String node,
        int cores,
        long memoryMiB,
        @Nullable Instant endsAt,
        boolean unreachable,
        boolean expiring,
        boolean connected,
        @Nullable List<String> vms) {

    public String shortId() {
        return Vm.shortened(id);
    }

    public int vmCount() {
        return vms == null ? 0 : vms.size();
    }

    /** What an operator should notice; empty when all is well. */
    public String flags() {
        List<String> flags = new ArrayList<>();
        if (unreachable) {
            flags.add("unreachable");
        }
        if (expiring) {
            flags.add("expiring");
        }
        return String.join(",", flags);
    }
}
