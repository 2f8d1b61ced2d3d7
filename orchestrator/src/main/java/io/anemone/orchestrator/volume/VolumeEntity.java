package io.anemone.orchestrator.volume;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "volume")
class VolumeEntity {

    @Id
    UUID id = new UUID(0, 0);

    String name = "";
    String owner = "";

    @Nullable
    String project;

    @Enumerated(EnumType.STRING)
    VolumePlace place = VolumePlace.JOB;

    String directory = "";
    int sizeGib;

    @Nullable
    UUID holder;

    long generation;
    boolean made;
    Instant createdAt = Instant.EPOCH;

    @Nullable
    Instant deletedAt;

    @Nullable
    UUID purger;
}
