/** The WebSocket that agents open, and the proof of which lease they belong to. */
@NullMarked
package io.anemone.orchestrator.agentlink;

import org.jspecify.annotations.NullMarked;
