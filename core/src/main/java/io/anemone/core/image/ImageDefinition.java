package io.anemone.core.image;

import org.jspecify.annotations.Nullable;

/**
 * A site image: what a guest boots from. File names are relative to the image's directory on the nodes.
 *
 * @param name         unique name, also the name of its directory
 * @param description  one line for people
 * @param kernel       kernel for direct boot, or null to boot from the disk
 * @param initrd       initial RAM file system for direct boot
 * @param cmdline      kernel command line for direct boot
 * @param disk         root disk, or null for an image that lives in its initrd
 * @param diskFormat   {@code qcow2} or {@code raw}; declared, never probed
 * @param defaultUser  the account that the ssh keys are for
 * @param readiness    what makes a guest of this image READY
 * @param minMemoryMiB least memory that it boots in, in MiB
 */
public record ImageDefinition(
        String name,
        String description,
        @Nullable String kernel,
        @Nullable String initrd,
        @Nullable String cmdline,
        @Nullable String disk,
        @Nullable DiskFormat diskFormat,
        String defaultUser,
        ReadinessProbe readiness,
        int minMemoryMiB) {

    public enum DiskFormat {
        QCOW2,
        RAW
    }
}
