package io.anemone.core.wire;

/** What the credential of a direct job's agent is made over, so that it serves for nothing else. */
public record DirectClaim(String jobId, String node) {

    private static final String PURPOSE = "anemone-agent-join";

    /** The payload of the munge credential. */
    public String payload() {
        return PURPOSE + "\n" + jobId + "\n" + node;
    }
}
