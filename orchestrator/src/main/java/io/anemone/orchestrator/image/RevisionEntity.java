package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageContent.DiskFormat;
import io.anemone.core.image.ImageNeeds;
import io.anemone.core.image.ReadinessProbe;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "image_revision")
class RevisionEntity {

    @Id
    UUID id = new UUID(0, 0);

    @ManyToOne
    @JoinColumn(name = "image_id")
    ImageEntity image = new ImageEntity();

    int revision;

    @Enumerated(EnumType.STRING)
    RevisionState state = RevisionState.RECEIVING;

    @Nullable
    String message;

    String description = "";

    @Nullable
    String cmdline;

    @Nullable
    @Enumerated(EnumType.STRING)
    DiskFormat diskFormat;

    long virtualBytes;
    String defaultUser = "";

    @Enumerated(EnumType.STRING)
    ReadinessProbe.Kind readiness = ReadinessProbe.Kind.NONE;

    int readinessSeconds = 1;

    @Nullable
    String readinessPattern;

    int minMemoryMib = 1;
    int minDiskGib;

    @Enumerated(EnumType.STRING)
    ImageNeeds.Architecture architecture = ImageNeeds.Architecture.X86_64;

    String createdBy = "";
    Instant createdAt = Instant.EPOCH;
    Instant changedAt = Instant.EPOCH;

    @Nullable
    UUID claimedBy;

    @Nullable
    Instant claimedUntil;

    int tries;

    @Nullable
    UUID savesVm;

    @Nullable
    Integer savesAttempt;

    @Nullable
    Long savesMost;

    @Nullable
    String savesKey;

    @OneToMany(mappedBy = "revision", cascade = CascadeType.PERSIST, fetch = FetchType.EAGER)
    @OrderBy("role")
    List<FileEntity> files = new ArrayList<>();
}
