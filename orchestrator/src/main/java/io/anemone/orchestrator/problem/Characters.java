package io.anemone.orchestrator.problem;

/** Which characters are what they look like. */
public final class Characters {

    private Characters() {}

    /** No control, no line or paragraph separator, no invisible or text-direction mark, no half of a pair. */
    public static boolean harmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    public static boolean harmless(String text) {
        return text.codePoints().allMatch(Characters::harmless);
    }
}
