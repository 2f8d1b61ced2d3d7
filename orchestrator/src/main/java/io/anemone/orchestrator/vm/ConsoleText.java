package io.anemone.orchestrator.vm;

import java.util.regex.Pattern;

/**
 * What a guest wrote to its console, made harmless to whoever shows it: no escape sequences (ECMA-48), no control
 * characters except line feed, carriage return and tab.
 */
final class ConsoleText {

    static final int MAX_CHARS = 64 * 1024;

    /** CSI … final byte, OSC and the like … BEL or ST, or a two-character sequence. */
    private static final Pattern ESCAPE = Pattern.compile(
            "\u001b(?:\\[[0-?]*[ -/]*[@-~]?|[\\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|[ -/]*[0-~]?)");

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u0080-\u009f&&[^\n\r\t]]");

    private ConsoleText() {}

    static String plain(String text) {
        String tail = text.length() > MAX_CHARS ? text.substring(text.length() - MAX_CHARS) : text;
        return CONTROL.matcher(ESCAPE.matcher(tail).replaceAll("")).replaceAll("�");
    }
}
