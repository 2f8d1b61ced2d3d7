package io.anemone.orchestrator.stream;

import java.nio.charset.StandardCharsets;

/**
 * Why a stream is closed, as both ends are told.
 *
 * @param code of RFC 6455, or 4000 and an HTTP status
 * @param text one sentence for the person; bounded by what a close frame can hold
 */
record CloseReason(short code, String text) {

    /** A close frame's payload is 125 bytes, of which the code takes two. */
    private static final int MAX_BYTES = 123;

    static final CloseReason OVER = new CloseReason((short) 1000, "");
    static final CloseReason SHUTDOWN = new CloseReason((short) 1001, "This orchestrator ends: connect again.");
    static final CloseReason NOT_UNDERSTOOD = new CloseReason((short) 1003, "Send bytes, and the text 'end'.");
    static final CloseReason LOGGED_OUT = new CloseReason((short) 4401, "The log-in is over: log in again.");
    static final CloseReason VM_OVER = new CloseReason((short) 4410, "The VM does not run any more.");
    static final CloseReason IDLE = new CloseReason((short) 4408, "Nothing was said for too long.");
    static final CloseReason SILENT = new CloseReason((short) 4408, "The other end does not answer any more.");
    static final CloseReason NO_AGENT =
            new CloseReason((short) 4503, "The agent on the VM's node does not answer: try again.");

    CloseReason {
        while (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
        }
    }

    static CloseReason guestNotReached(String why) {
        return new CloseReason((short) 4502, why);
    }
}
