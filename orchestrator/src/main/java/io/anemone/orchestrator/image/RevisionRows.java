package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageNeeds;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.vm.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** From rows to records and back. */
final class RevisionRows {

    private RevisionRows() {}

    static RevisionEntity row(ImageEntity image, NewRevision wanted, String actor, Instant now) {
        RevisionEntity row = new RevisionEntity();
        RevisionRecord.Description about = wanted.about();
        row.id = UUID.randomUUID();
        row.image = image;
        row.revision = image.revisions;
        row.description = about.text();
        row.cmdline = about.cmdline();
        row.diskFormat = about.diskFormat();
        row.defaultUser = about.defaultUser();
        row.readiness = about.readiness().kind();
        row.readinessSeconds = (int) about.readiness().timeout().toSeconds();
        row.readinessPattern = about.readiness().pattern();
        row.minMemoryMib = about.needs().memoryMiB();
        row.minDiskGib = about.needs().diskGiB();
        row.architecture = about.needs().architecture();
        row.createdBy = actor;
        row.createdAt = now;
        row.changedAt = now;
        wanted.files().forEach(file -> row.files.add(file(row, file)));
        return row;
    }

    private static FileEntity file(RevisionEntity revision, NewRevision.NewFile wanted) {
        FileEntity row = new FileEntity();
        row.id = UUID.randomUUID();
        row.revision = revision;
        row.role = wanted.role();
        row.bytes = wanted.bytes();
        row.sha256 = wanted.sha256();
        row.source = wanted.source();
        return row;
    }

    static ImageRecord record(ImageEntity image) {
        return new ImageRecord(
                image.id, image.name, image.owner, image.tier, image.visibility, image.project, image.current);
    }

    static RevisionRecord record(RevisionEntity row) {
        RevisionRecord.Description about = new RevisionRecord.Description(
                row.description,
                row.cmdline,
                row.diskFormat,
                row.defaultUser,
                new ReadinessProbe(
                        row.readiness,
                        Duration.ofSeconds(row.readinessSeconds),
                        row.readinessPattern,
                        ReadinessProbe.OnTimeout.TELL),
                new ImageNeeds(row.minMemoryMib, row.minDiskGib, row.architecture));
        return new RevisionRecord(
                row.id,
                record(row.image),
                row.revision,
                row.state,
                row.message,
                about,
                row.files.stream().map(RevisionRows::record).toList(),
                row.virtualBytes,
                row.createdAt,
                row.tries,
                saves(row));
    }

    private static RevisionRecord.@Nullable Saves saves(RevisionEntity row) {
        return row.savesVm == null
                ? null
                : new RevisionRecord.Saves(
                        new VmId(row.savesVm),
                        Objects.requireNonNull(row.savesAttempt),
                        Objects.requireNonNull(row.savesMost));
    }

    private static RevisionRecord.File record(FileEntity row) {
        return new RevisionRecord.File(
                row.id, row.role, row.bytes, row.sha256, row.source, row.received, row.complete, row.verified);
    }
}
