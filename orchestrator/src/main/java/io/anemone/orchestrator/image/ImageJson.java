package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageNeeds;
import io.anemone.core.image.ImageTier;
import io.anemone.core.image.ReadinessProbe;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An image as the API tells it: what its current revision is, or its newest while none is current. */
@Schema(name = "Image")
record ImageJson(
        String id,

        @Schema(description = "`NAME` of the site's own, `OWNER/NAME` of a user's", examples = "micro")
        String name,

        @Schema(nullable = true, description = "Account that it belongs to; null for one of the site's directory")
        @Nullable
        String owner,

        ImageTier tier,
        Visibility visibility,

        @Schema(nullable = true, description = "Whose accounts see it, with the visibility `PROJECT`") @Nullable
        String project,

        @Schema(description = "Whether it is in the site's image directory, where operators change it")
        boolean site,

        @Schema(nullable = true, description = "The revision that its name alone stands for; null while it has none")
        @Nullable
        Integer current,

        @Schema(description = "One line for people") String description,

        @Schema(description = "The account that ssh keys are for", examples = "root")
        String defaultUser,

        @Schema(description = "Least memory that it boots in", examples = "128")
        int minMemoryMiB,

        @Schema(description = "Least size of its disk; 0 for as large as it is")
        int minDiskGiB,

        ImageNeeds.Architecture architecture,
        Readiness readiness,
        @Schema(description = "Whether you may change it") boolean yours,
        @Schema(description = "Newest first") List<Revision> revisions) {

    /** What makes a guest of it READY. */
    @Schema(name = "ImageReadiness")
    record Readiness(
            ReadinessProbe.Kind kind,

            @Schema(description = "Its boot deadline", examples = "60")
            long timeoutSeconds,

            @Schema(nullable = true, description = "For `CONSOLE`: the text that its serial console must show")
            @Nullable
            String pattern) {}

    /** One revision. */
    @Schema(name = "ImageRevision")
    record Revision(
            int revision,

            @Schema(description = "What a VM can be asked for with", examples = "alice/solver@3")
            String reference,

            RevisionState state,

            @Schema(
                    nullable = true,
                    description = "Why it was refused, what its check could not do, or how far a VM's disk has come")
            @Nullable
            String message,

            @Schema(nullable = true, description = "The VM whose disk it is, if you may change it") @Nullable
            UUID savedFrom,

            @Schema(nullable = true, description = "SHA-256 over all that decides how it boots, once that is known")
            @Nullable
            String digest,

            @Schema(description = "Size of the disk as its guest sees it; 0 without one")
            long virtualBytes,

            @Nullable Instant createdAt,
            List<File> files) {}

    /** A file of a revision. */
    @Schema(name = "ImageFile")
    record File(
            String role,

            @Schema(nullable = true, description = "Null while an import does not know") @Nullable
            Long bytes,

            @Schema(nullable = true) @Nullable String sha256,

            @Schema(nullable = true, description = "Where it is imported from") @Nullable
            String source,

            @Schema(description = "Bytes that have arrived") long received,
            boolean complete) {}

    /** All images that the caller sees. */
    @Schema(name = "Images")
    record All(List<ImageJson> items) {}

    static ImageJson ofSite(ImageDefinition image) {
        List<File> files = image.content().files().stream()
                .map(file -> new File(file.name(), file.bytes(), file.sha256(), null, file.bytes(), true))
                .toList();
        Revision revision = new Revision(
                image.revision(),
                image.reference(),
                RevisionState.ACTIVE,
                null,
                null,
                image.content().digest(),
                image.content().virtualBytes(),
                null,
                files);
        return new ImageJson(
                siteId(image.name()).toString(),
                image.name(),
                null,
                image.tier(),
                Visibility.PUBLIC,
                null,
                true,
                image.revision(),
                image.description(),
                image.defaultUser(),
                image.needs().memoryMiB(),
                image.needs().diskGiB(),
                image.needs().architecture(),
                readiness(image.readiness()),
                false,
                List.of(revision));
    }

    static UUID siteId(String name) {
        return UUID.nameUUIDFromBytes(("site image " + name).getBytes(StandardCharsets.UTF_8));
    }

    /** @param revisions all of one image, newest first; at least one */
    static ImageJson of(List<RevisionRecord> revisions, boolean yours) {
        ImageRecord image = revisions.getFirst().image();
        RevisionRecord shown = revisions.stream()
                .filter(revision -> Objects.equals(revision.number(), image.current()))
                .findFirst()
                .orElse(revisions.getFirst());
        RevisionRecord.Description about = shown.about();
        return new ImageJson(
                image.id().toString(),
                image.name(),
                image.owner(),
                image.tier(),
                image.visibility(),
                image.project(),
                false,
                image.current(),
                about.text(),
                about.defaultUser(),
                about.needs().memoryMiB(),
                about.needs().diskGiB(),
                about.needs().architecture(),
                readiness(about.readiness()),
                yours,
                revisions.stream().map(revision -> revision(revision, yours)).toList());
    }

    private static Readiness readiness(ReadinessProbe probe) {
        return new Readiness(probe.kind(), probe.timeout().toSeconds(), probe.pattern());
    }

    private static Revision revision(RevisionRecord revision, boolean yours) {
        boolean known = revision.state().bootable();
        return new Revision(
                revision.number(),
                revision.reference(),
                revision.state(),
                revision.message(),
                yours && revision.saves() != null ? revision.saves().vm().value() : null,
                known ? revision.definition().content().digest() : null,
                revision.virtualBytes(),
                revision.createdAt(),
                revision.files().stream().map(file -> file(file, yours)).toList());
    }

    /** Where an import came from may be nobody's business but its owner's. */
    private static File file(RevisionRecord.File file, boolean yours) {
        return new File(
                file.role().text(),
                file.bytes(),
                file.sha256(),
                yours ? file.source() : null,
                file.received(),
                file.complete());
    }
}
