package io.anemone.core.wire;

import io.anemone.core.vm.VmId;
import java.util.UUID;

/**
 * A stream that somebody waits for: the agent connects it to the guest and brings it to the orchestrator that asks.
 *
 * @param url   of that orchestrator, below which {@link WireTypes#STREAM_PATH} is
 * @param token good for this stream alone, once
 */
public record StreamOrder(UUID stream, VmId vm, int attempt, StreamKind kind, String url, String token) {

    @Override
    public String toString() {
        return "StreamOrder[stream=" + stream + ", vm=" + vm + ", attempt=" + attempt + ", kind=" + kind + "]";
    }
}
