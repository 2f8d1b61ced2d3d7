package io.anemone.orchestrator.usage;

import io.anemone.core.wire.VmUsage;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "vm_usage")
@IdClass(UsageEntity.Key.class)
class UsageEntity {

    record Key(UUID vmId, Instant takenAt) implements Serializable {}

    @Id
    UUID vmId = new UUID(0, 0);

    @Id
    Instant takenAt = Instant.EPOCH;

    int attempt;
    long cpuNanos;

    @Nullable
    Long residentBytes;

    @Nullable
    Long diskReadBytes;

    @Nullable
    Long diskWrittenBytes;

    @Nullable
    Long networkReceivedBytes;

    @Nullable
    Long networkSentBytes;

    static UsageEntity of(VmUsage usage, Instant takenAt) {
        UsageEntity row = new UsageEntity();
        row.vmId = usage.vm().value();
        row.takenAt = takenAt;
        row.attempt = usage.attempt();
        row.cpuNanos = Math.max(0, usage.cpuNanos());
        row.residentBytes = count(usage.residentBytes());
        row.diskReadBytes = count(usage.diskReadBytes());
        row.diskWrittenBytes = count(usage.diskWrittenBytes());
        row.networkReceivedBytes = count(usage.networkReceivedBytes());
        row.networkSentBytes = count(usage.networkSentBytes());
        return row;
    }

    private static @Nullable Long count(@Nullable Long said) {
        return said == null || said < 0 ? null : said;
    }

    UsageSample toSample() {
        return new UsageSample(
                takenAt,
                attempt,
                cpuNanos,
                residentBytes,
                diskReadBytes,
                diskWrittenBytes,
                networkReceivedBytes,
                networkSentBytes);
    }
}
