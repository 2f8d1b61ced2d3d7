package io.anemone.core.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What of a guest a stream of bytes leads to. */
public enum StreamKind {
    /** Its ssh server. */
    SSH,
    /** Its serial console: what it wrote lately, then what it writes, and what is typed. */
    SERIAL,
    /** Its graphical console, in the RFB protocol (RFC 6143). */
    VNC;

    /** As it stands in addresses and requests. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<StreamKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }
}
