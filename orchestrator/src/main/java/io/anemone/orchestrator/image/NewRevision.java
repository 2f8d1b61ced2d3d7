package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageTier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A revision that is asked for, checked as far as that goes without its files.
 *
 * @param name  {@code NAME} for a golden image, {@code OWNER/NAME} otherwise
 * @param owner of the image
 */
record NewRevision(String name, String owner, ImageTier tier, RevisionRecord.Description about, List<NewFile> files) {

    NewRevision {
        files = List.copyOf(files);
    }

    /** One to be uploaded has {@code bytes}, one to be imported a {@code source}; a guest's disk has neither yet. */
    record NewFile(
            FileRole role,
            @Nullable Long bytes,
            @Nullable String sha256,
            @Nullable String source) {}

    /** What it takes of its owner's quota, as far as that is known. */
    long bytes() {
        return files.stream()
                .mapToLong(file -> file.bytes() == null ? 0 : file.bytes())
                .sum();
    }
}
