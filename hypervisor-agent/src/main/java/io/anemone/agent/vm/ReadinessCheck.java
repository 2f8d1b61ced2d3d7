package io.anemone.agent.vm;

import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.vm.SshEndpoint;
import org.jspecify.annotations.Nullable;

/** Looks once for the positive evidence that a guest is usable. Takes half a second at most. */
public interface ReadinessCheck {

    boolean ready(ReadinessProbe.Kind kind, @Nullable SshEndpoint ssh);
}
