/** Streams of bytes between a guest and whoever wants to talk to it, each over a WebSocket of its own. */
@NullMarked
package io.anemone.agent.stream;

import org.jspecify.annotations.NullMarked;
