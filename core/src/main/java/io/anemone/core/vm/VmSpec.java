package io.anemone.core.vm;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for, validated; it never changes.
 *
 * @param name      host name of the guest (RFC 1123 label)
 * @param owner     UNIX account that it belongs to, and that its job runs as
 * @param project   account that the scheduler charges, or null for the owner's default
 * @param path      how its lease comes to be
 * @param image     the revision of an image that it boots, as {@code NAME@REVISION}
 * @param size      processors and memory of the guest
 * @param walltime  how long it may run; null means as long as its lease
 * @param partition where a scheduled lease is asked for, or null for the scheduler's default
 * @param pool      the pool of a static VM, null otherwise
 * @param sshKeys   public keys, OpenSSH format, that may log in
 * @param userData  cloud-init user data of the user's own, or null
 * @param labels    free key–value pairs
 * @param options   disks, network and whatever else is not its size
 */
public record VmSpec(
        String name,
        String owner,
        @Nullable String project,
        LaunchPath path,
        String image,
        VmSize size,
        @Nullable Duration walltime,
        @Nullable String partition,
        @Nullable String pool,
        List<String> sshKeys,
        @Nullable String userData,
        Map<String, String> labels,
        GuestOptions options) {

    public VmSpec {
        sshKeys = List.copyOf(sshKeys);
        labels = Map.copyOf(labels);
    }

    public VmSpec with(GuestOptions other) {
        return new VmSpec(
                name, owner, project, path, image, size, walltime, partition, pool, sshKeys, userData, labels, other);
    }
}
