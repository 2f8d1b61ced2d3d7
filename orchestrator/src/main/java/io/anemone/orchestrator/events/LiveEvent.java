package io.anemone.orchestrator.events;

/**
 * One message of the stream.
 *
 * @param id   grows from message to message, over restarts too, and from one orchestrator to another as time does
 * @param kind name of the event
 * @param data told as JSON
 */
record LiveEvent(long id, Kind kind, Object data) {

    enum Kind {
        VM("vm"),
        LEASE("lease"),
        PING("ping");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** What a ping carries: nothing. */
    record Nothing() {}
}
