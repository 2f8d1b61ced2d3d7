package io.anemone.orchestrator.problem;

/**
 * What a caller wrote, made fit to stand in a message or a log line: short, on one line, and free of characters
 * that a terminal or a reader could be misled by.
 */
public final class Echo {

    private static final int MAX_CHARS = 100;

    private Echo() {}

    /** At most 100 characters of {@code input}, in quotes. */
    public static String of(String input) {
        return "“" + plain(input) + "”";
    }

    /** At most 100 characters of {@code input}. */
    public static String plain(String input) {
        StringBuilder out = new StringBuilder();
        int shown = 0;
        int at = 0;
        while (at < input.length() && shown < MAX_CHARS) {
            int c = input.codePointAt(at);
            out.appendCodePoint(Characters.harmless(c) ? c : '�');
            at += Character.charCount(c);
            shown += Character.charCount(c);
        }
        return at < input.length() ? out.append('…').toString() : out.toString();
    }
}
