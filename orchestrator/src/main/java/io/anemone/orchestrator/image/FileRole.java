package io.anemone.orchestrator.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a file is to its image. */
public enum FileRole {
    KERNEL,
    INITRD,
    DISK;

    /** As the API writes it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<FileRole> of(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
    }
}
