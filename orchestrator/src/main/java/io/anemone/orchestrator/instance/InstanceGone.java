package io.anemone.orchestrator.instance;

import java.util.UUID;

/**
 * An orchestrator is dead, or has ended. Fired in the transaction that removes it, by the one that removes it: whoever
 * refers to it lets go of it there.
 */
public record InstanceGone(UUID id) {}
