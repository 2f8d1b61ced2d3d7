package io.anemone.orchestrator.instance;

import java.util.UUID;

/** An orchestrator that was alive is not there any more. Each of the others hears of it. */
public record CompanionLost(UUID id) {}
