package io.anemone.orchestrator.scheduler.munge;

/** What munge says of a credential. */
public sealed interface CredentialAnswer {

    /**
     * @param uid     numeric user id of the process that made it
     * @param user    name of that account
     * @param payload what it was made over
     */
    record Valid(long uid, String user, String payload) implements CredentialAnswer {}

    record Refused(Reason reason) implements CredentialAnswer {}

    enum Reason {
        /** Older than its time to live; or the clocks disagree. */
        EXPIRED,
        /** Used before. */
        REPLAYED,
        /** From the future: the clocks disagree. */
        REWOUND,
        /** Not a credential, made with another cluster's key, or for somebody else to decode. */
        INVALID
    }
}
