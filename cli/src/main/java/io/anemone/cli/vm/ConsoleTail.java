package io.anemone.cli.vm;

/** Finds what is new in a text that grows at its end and is cut at its beginning. */
final class ConsoleTail {

    /** How much of the known end must be found again. Shorter ends repeat too easily. */
    private static final int OVERLAP = 2048;

    private String known = "";

    /** @return what stands in {@code now} after all that was returned before; all of it if nothing is known again */
    String news(String now) {
        String before = known;
        known = now;
        if (now.startsWith(before)) {
            return now.substring(before.length());
        }
        String end = before.substring(Math.max(0, before.length() - OVERLAP));
        int at = now.lastIndexOf(end);
        return at < 0 ? now : now.substring(at + end.length());
    }
}
