package io.anemone.cli.text;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lengths of time, as people write and read them. */
public final class Spans {

    private static final Pattern SHORT =
            Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");

    private Spans() {}

    /**
     * Reads {@code 2d}, {@code 1h30m}, {@code 90s}, or ISO 8601 ({@code PT1H}, {@code P2D}).
     *
     * @throws IllegalArgumentException with a sentence that says what is allowed
     */
    public static Duration parse(String text) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = SHORT.matcher(value);
        if (!value.isEmpty() && matcher.matches()) {
            return Duration.ofDays(number(matcher, 1))
                    .plusHours(number(matcher, 2))
                    .plusMinutes(number(matcher, 3))
                    .plusSeconds(number(matcher, 4));
        }
        try {
            return Duration.parse(value);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no length of time: write 30m, 1h30m, 2d or PT1H.", e);
        }
    }

    /** The one unit that matters: {@code 42s}, {@code 7m}, {@code 5h}, {@code 3d}. */
    public static String age(Instant since, Instant now) {
        long seconds = Math.max(0, Duration.between(since, now).toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        if (seconds < 2 * 3600) {
            return seconds / 60 + "m";
        }
        return seconds < 48 * 3600 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }

    /** Exact to the second: {@code 1h30m}, {@code 2d}. A dash for none. */
    public static String text(@Nullable Duration span) {
        if (span == null) {
            return "-";
        }
        StringBuilder result = new StringBuilder();
        append(result, span.toDays(), 'd');
        append(result, span.toHoursPart(), 'h');
        append(result, span.toMinutesPart(), 'm');
        append(result, span.toSecondsPart(), 's');
        return result.isEmpty() ? "0s" : result.toString();
    }

    /** With a tenth of a second, for timelines: {@code +1.3 s}. */
    public static String offset(Instant from, Instant to) {
        return String.format(Locale.ROOT, "+%.1f s", Duration.between(from, to).toMillis() / 1000.0);
    }

    private static long number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static void append(StringBuilder result, long count, char unit) {
        if (count != 0) {
            result.append(count).append(unit);
        }
    }
}
