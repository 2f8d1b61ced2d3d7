package io.anemone.cli.api;

import io.anemone.cli.text.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A VM as the API shows it.
 *
 * @param goal    what is wanted of it
 * @param rebooting whether its guest is being rebooted
 * @param reason  why it is over
 * @param message why it waits or why it ended, in plain words
 * @param lease   the lease that it is or was on
 * @param attempt number of the current or last attempt, from 1
 */
public record Vm(
        String id,
        String name,
        String owner,
        @Nullable String project,
        String path,
        String image,
        int vcpus,
        int memoryMiB,
        @Nullable Duration walltime,
        @Nullable String partition,
        @Nullable String pool,
        @Nullable Map<String, String> labels,
        @Nullable Storage storage,
        @Nullable Goal goal,
        Phase phase,
        boolean rebooting,
        @Nullable String reason,
        @Nullable String message,
        @Nullable OfLease lease,
        @Nullable Ssh ssh,
        @Nullable Hardware hardware,
        @Nullable Network network,
        int attempt,
        @Nullable List<String> warnings,
        @Nullable Readiness readiness,
        @Nullable Guest guest,
        Instant createdAt,
        @Nullable Instant queuedAt,
        @Nullable Instant jobStartedAt,
        @Nullable Instant startedAt,
        @Nullable Instant readyAt,
        @Nullable Instant endedAt) {

    /** What it stores on besides what its image gives. */
    public record Storage(
            @Nullable Integer rootGiB,
            @Nullable List<Integer> scratchGiB,
            @Nullable List<String> volumes,
            @Nullable List<Share> shares) {}

    /** A directory of the cluster that it may mount. */
    public record Share(String path, String tag, boolean readOnly) {}

    /** What a VM tells of its lease. */
    public record OfLease(
            String id,
            String phase,
            @Nullable String jobId,
            @Nullable String node,
            @Nullable Instant endsAt) {}

    /** The machine that it sees. */
    public record Hardware(String firmware, boolean tpm, boolean hugePages, boolean wholeNode, int cpuPercent) {}

    /** How it is connected. */
    public record Network(
            @Nullable String bridge,
            boolean isolated,
            @Nullable List<Port> ports) {}

    /** A published port; where it is reached is known while the VM runs. */
    public record Port(
            int guest, @Nullable String host, @Nullable Integer port) {}

    /** Where its ssh server can be reached. */
    public record Ssh(String host, int port, @Nullable String user) {}

    /**
     * What makes it READY.
     *
     * @param late    whether it runs past its boot deadline
     * @param missing what is missing then
     */
    public record Readiness(
            String kind,
            long timeoutSeconds,
            boolean late,
            @Nullable String missing) {}

    /** What its guest agent says of the guest. */
    public record Guest(
            @Nullable String hostname,
            @Nullable String os,
            @Nullable String kernel,
            @Nullable List<String> addresses,
            @Nullable List<String> users) {}

    public @Nullable String node() {
        return lease == null ? null : lease.node();
    }

    public @Nullable String job() {
        return lease == null ? null : lease.jobId();
    }

    public String size() {
        return vcpus + "x" + Memory.text(memoryMiB);
    }

    /** Enough of the id to tell it from others. */
    public String shortId() {
        return shortened(id);
    }

    static String shortened(String id) {
        return id.length() > 8 ? id.substring(0, 8) : id;
    }
}
