package io.anemone.cli.text;

import org.jspecify.annotations.Nullable;

/** One cell of a {@link Table}. Its text is safe for a terminal; an absent value shows as a dash. */
public record Cell(String text, Style style) {

    public static Cell of(@Nullable Object value) {
        return styled(value, Style.PLAIN);
    }

    public static Cell styled(@Nullable Object value, Style style) {
        String text = value == null ? "" : Printable.line(value.toString());
        return text.isEmpty() ? new Cell("-", Style.DIM) : new Cell(text, style);
    }

    int width() {
        return text.codePointCount(0, text.length());
    }

    String render(boolean colours) {
        return colours ? style.apply(text) : text;
    }
}
