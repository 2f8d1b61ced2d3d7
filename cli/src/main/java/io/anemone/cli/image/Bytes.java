package io.anemone.cli.image;

import java.util.Locale;

/** Sizes of files, as people read them. */
final class Bytes {

    private Bytes() {}

    static String text(long bytes) {
        if (bytes < 1024) {
            return bytes + "B";
        }
        double size = bytes;
        int unit = -1;
        while (size >= 1024 && unit < 4) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, size < 10 ? "%.1f%c" : "%.0f%c", size, "KMGTP".charAt(unit));
    }
}
