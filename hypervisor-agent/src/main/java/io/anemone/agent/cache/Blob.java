package io.anemone.agent.cache;

import java.util.regex.Pattern;

/**
 * Content, by its identity.
 *
 * @param sha256 64 hexadecimal digits in lower case: also its name in the cache, so nothing else may come in
 * @param bytes  its length
 */
public record Blob(String sha256, long bytes) {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public Blob {
        if (!DIGEST.matcher(sha256).matches()) {
            throw new IllegalArgumentException("not a SHA-256 in lower case hexadecimal digits");
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("content cannot have " + bytes + " bytes");
        }
    }
}
