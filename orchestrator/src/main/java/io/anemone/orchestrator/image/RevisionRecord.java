package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageContent;
import io.anemone.core.image.ImageContent.DiskFormat;
import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageFile;
import io.anemone.core.image.ImageNeeds;
import io.anemone.core.image.ImageReference;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.vm.VmId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A revision as it stands in the database.
 *
 * @param saves whose disk it is; null for one that somebody brought
 */
record RevisionRecord(
        UUID id,
        ImageRecord image,
        int number,
        RevisionState state,
        @Nullable String message,
        Description about,
        List<File> files,
        long virtualBytes,
        Instant createdAt,
        int tries,
        @Nullable Saves saves) {

    RevisionRecord {
        files = List.copyOf(files);
    }

    /** What whoever brought it said of it. */
    record Description(
            String text,
            @Nullable String cmdline,
            @Nullable DiskFormat diskFormat,
            String defaultUser,
            ReadinessProbe readiness,
            ImageNeeds needs) {}

    /** @param most bytes that the disk may have as a file */
    record Saves(VmId vm, int attempt, long most) {}

    /**
     * @param id       what the part is kept under while it arrives
     * @param bytes    as declared; null while an import does not know
     * @param source   where it is imported from, null for an upload
     * @param verified whether it was read and has this digest
     */
    record File(
            UUID id,
            FileRole role,
            @Nullable Long bytes,
            @Nullable String sha256,
            @Nullable String source,
            long received,
            boolean complete,
            boolean verified) {}

    Optional<File> file(FileRole role) {
        return files.stream().filter(file -> file.role() == role).findFirst();
    }

    String reference() {
        return new ImageReference(image.name(), number).toString();
    }

    /** What VMs boot; only of one that has been checked. */
    ImageDefinition definition() {
        ImageContent content = new ImageContent(
                content(FileRole.KERNEL),
                content(FileRole.INITRD),
                about.cmdline(),
                content(FileRole.DISK),
                about.diskFormat(),
                virtualBytes);
        return new ImageDefinition(
                image.name(),
                number,
                about.text(),
                content,
                about.defaultUser(),
                about.readiness(),
                about.needs(),
                image.tier());
    }

    private @Nullable ImageFile content(FileRole role) {
        return file(role)
                .map(file -> new ImageFile(
                        role.text(), Objects.requireNonNull(file.sha256()), Objects.requireNonNull(file.bytes())))
                .orElse(null);
    }
}
