package io.anemone.orchestrator.console;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What a guest wrote, made safe to show: a guest can write anything. */
final class ConsoleText {

    /** CSI, OSC and two-character escape sequences (ECMA-48). */
    private static final Pattern ESCAPES = Pattern.compile(
            "\u001B\\[[0-?]*[ -/]*[@-~]|\u001B\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)|\u001B[ -/]*[0-~]");

    /** Control and bidirectional formatting characters but for new line, tab and carriage return. */
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\n\t\r]]");

    private ConsoleText() {}

    static String of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return CONTROLS.matcher(ESCAPES.matcher(text).replaceAll("")).replaceAll("");
    }
}
