package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageTier;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "image")
class ImageEntity {

    @Id
    UUID id = new UUID(0, 0);

    String name = "";
    String owner = "";

    @Enumerated(EnumType.STRING)
    ImageTier tier = ImageTier.USER;

    @Enumerated(EnumType.STRING)
    Visibility visibility = Visibility.PRIVATE;

    @Nullable
    String project;

    @Nullable
    Integer current;

    int revisions;
    Instant createdAt = Instant.EPOCH;
}
