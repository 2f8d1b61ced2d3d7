package io.anemone.orchestrator.pool;

import io.anemone.core.lease.PoolSpec;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "pool")
class PoolEntity {

    @Id
    String name = "";

    int leases;

    @Nullable
    String partition;

    long walltimeSeconds;
    long renewBeforeSeconds;

    PoolSpec toSpec() {
        return new PoolSpec(
                name, leases, partition, Duration.ofSeconds(walltimeSeconds), Duration.ofSeconds(renewBeforeSeconds));
    }
}
