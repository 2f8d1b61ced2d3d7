package io.anemone.cli.text;

/**
 * Makes text from elsewhere safe for a terminal. Guests, users and jobs choose much of what a server says, and an
 * escape sequence in it could rewrite the screen, change the title or hide what stands there.
 */
public final class Printable {

    private static final String REPLACEMENT = "\uFFFD";

    private Printable() {}

    /** One line: every control, format and separator character becomes a visible mark. */
    public static String line(String text) {
        return clean(text, false);
    }

    /** Several lines: line feeds and tabs stay, carriage returns before a line feed go. */
    public static String lines(String text) {
        return clean(text.replace("\r\n", "\n"), true);
    }

    /** JSON text: the same characters stand as JSON escapes, which loses nothing. They occur in strings alone. */
    public static String json(String json) {
        StringBuilder result = new StringBuilder(json.length());
        json.codePoints().forEach(c -> {
            if (c == '\n' || !hidden(c)) {
                result.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    result.append("\\u").append(String.format("%04x", (int) unit));
                }
            }
        });
        return result.toString();
    }

    private static String clean(String text, boolean multiline) {
        if (text.codePoints().noneMatch(Printable::hidden)) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (!hidden(c) || (multiline && (c == '\n' || c == '\t'))) {
                result.appendCodePoint(c);
            } else {
                result.append(REPLACEMENT);
            }
        });
        return result.toString();
    }

    private static boolean hidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
