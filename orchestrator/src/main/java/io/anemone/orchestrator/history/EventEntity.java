package io.anemone.orchestrator.history;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

@Entity
@Immutable
@Table(name = "event")
class EventEntity {

    // A block of numbers kept in memory would outlive a crash of the database, which then gives it out a second time.
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "event")
    @SequenceGenerator(name = "event", sequenceName = "event_seq", allocationSize = 1)
    @Nullable
    Long id;

    Instant at = Instant.EPOCH;
    String kind = "";

    @Nullable
    UUID vmId;

    @Nullable
    UUID leaseId;

    @Nullable
    String fromPhase;

    @Nullable
    String toPhase;

    String note = "";

    @Nullable
    String actor;

    HistoryEvent toRecord() {
        long number = id == null ? 0 : id;
        return new HistoryEvent(number, at, kind, fromPhase, toPhase, note, actor);
    }
}
