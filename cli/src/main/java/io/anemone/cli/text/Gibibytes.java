package io.anemone.cli.text;

import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of disks in GiB, as people write them. */
public final class Gibibytes {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})\\s*(g|gb|gib|t|tb|tib)?");
    private static final int GIB_OF_TIB = 1024;

    private Gibibytes() {}

    /**
     * Reads {@code 50} or {@code 50G} (GiB) and {@code 2T} (TiB).
     *
     * @throws CliException with a sentence that says what is allowed
     */
    public static int parse(String text) {
        Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new CliException(ExitCode.USAGE, "'" + text + "' is no size of a disk: write 50G or 2T.");
        }
        String unit = matcher.group(2);
        return Integer.parseInt(matcher.group(1)) * (unit != null && unit.startsWith("t") ? GIB_OF_TIB : 1);
    }
}
