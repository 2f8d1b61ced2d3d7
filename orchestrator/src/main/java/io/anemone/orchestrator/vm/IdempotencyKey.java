package io.anemone.orchestrator.vm;

import java.util.HexFormat;

/**
 * The caller's word that two requests are one.
 *
 * @param key         what the caller sent
 * @param requestHash SHA-256 of the request, to tell a repeat from a mistake
 */
public record IdempotencyKey(String key, byte[] requestHash) {

    public IdempotencyKey {
        requestHash = requestHash.clone();
    }

    @Override
    public byte[] requestHash() {
        return requestHash.clone();
    }

    @Override
    public String toString() {
        return "IdempotencyKey[key=" + key + ", requestHash=" + HexFormat.of().formatHex(requestHash) + "]";
    }
}
