package io.anemone.orchestrator.console;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What a guest wrote, made safe to show: a guest can write anything. */
final class ConsoleText {

    /**
     * Escape sequences (ECMA-48), whole or cut off by the end: CSI up to its final byte, OSC, DCS, SOS, PM and APC up to
     * BEL or ST, and those of two or three characters.
     */
    private static final Pattern ESCAPES = Pattern.compile(
            "\u001B(?:\\[[0-?]*[ -/]*[@-~]?|[\\]PX^_][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|[ -/]*[0-~]?)");

    /** Control and bidirectional formatting characters but for new line, tab and carriage return. */
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\n\t\r]]");

    private ConsoleText() {}

    static String of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return CONTROLS.matcher(ESCAPES.matcher(text).replaceAll("")).replaceAll("");
    }
}
