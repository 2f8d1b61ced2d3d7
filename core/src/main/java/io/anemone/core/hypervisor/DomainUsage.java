package io.anemone.core.hypervisor;

import org.jspecify.annotations.Nullable;

/**
 * What a domain has used since it was started. What cannot be known is null, never zero.
 *
 * @param cpuNanos         processor time of its process
 * @param residentBytes    memory of the node that its process holds now
 * @param diskReadBytes    read from all of its disks
 * @param diskWrittenBytes written to all of them
 */
public record DomainUsage(
        long cpuNanos,
        @Nullable Long residentBytes,
        @Nullable Long diskReadBytes,
        @Nullable Long diskWrittenBytes) {}
