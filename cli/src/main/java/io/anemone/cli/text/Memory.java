package io.anemone.cli.text;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of memory in MiB, as people write and read them. */
public final class Memory {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(m|mb|mib|g|gb|gib)?");

    private Memory() {}

    /**
     * Reads {@code 512} or {@code 512M} (MiB) and {@code 2G} (GiB).
     *
     * @throws IllegalArgumentException with a sentence that says what is allowed
     */
    public static int parseMiB(String text) {
        Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no size of memory: write 512, 512M or 2G.");
        }
        String unit = matcher.group(2);
        long factor = unit != null && unit.startsWith("g") ? 1024 : 1;
        long size = Long.parseLong(matcher.group(1)) * factor;
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("'" + text + "' is more memory than any node has.");
        }
        return (int) size;
    }

    public static String text(long mib) {
        return mib >= 1024 && mib % 1024 == 0 ? mib / 1024 + "G" : mib + "M";
    }
}
