package io.anemone.orchestrator.image;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "image_file")
class FileEntity {

    @Id
    UUID id = new UUID(0, 0);

    @ManyToOne
    @JoinColumn(name = "revision_id")
    RevisionEntity revision = new RevisionEntity();

    @Enumerated(EnumType.STRING)
    FileRole role = FileRole.DISK;

    @Nullable
    Long bytes;

    @Nullable
    String sha256;

    @Nullable
    String source;

    long received;
    boolean complete;
    boolean verified;
}
