package io.anemone.agent.stream;

import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.wire.StreamOrder;
import org.jspecify.annotations.Nullable;

/** Brings guests to those who want to talk to them. Does not block. */
@FunctionalInterface
public interface StreamOpener {

    /** @param ssh where the guest's ssh server is forwarded to; null if it is not known */
    void open(StreamOrder order, @Nullable SshEndpoint ssh);
}
