package io.anemone.cli.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An image as the API shows it. */
public record Image(
        String id,
        String name,
        @Nullable String owner,
        String tier,
        String visibility,
        @Nullable String project,
        boolean site,
        @Nullable Integer current,
        @Nullable String description,
        @Nullable String defaultUser,
        int minMemoryMiB,
        int minDiskGiB,
        boolean yours,
        @Nullable List<Revision> revisions) {

    /** One revision. */
    public record Revision(
            int revision,
            String reference,
            String state,
            @Nullable String message,
            @Nullable String digest,
            long virtualBytes,
            @Nullable Instant createdAt,
            @Nullable List<File> files) {

        public List<File> fileList() {
            return files == null ? List.of() : files;
        }

        public long received() {
            return fileList().stream().mapToLong(File::received).sum();
        }
    }

    /** One file of it. */
    public record File(
            String role,
            @Nullable Long bytes,
            @Nullable String sha256,
            @Nullable String source,
            long received,
            boolean complete) {}

    /** Newest first. */
    public List<Revision> all() {
        return revisions == null ? List.of() : revisions;
    }

    public Optional<Revision> number(int number) {
        return all().stream().filter(each -> each.revision() == number).findFirst();
    }

    /** Who sees it, in a word. */
    public String sharing() {
        return project == null ? visibility.toLowerCase(Locale.ROOT) : "project " + project;
    }
}
