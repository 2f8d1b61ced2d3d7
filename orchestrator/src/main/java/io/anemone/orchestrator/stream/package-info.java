/**
 * Streams between people and guests. A person's WebSocket ends at any orchestrator; the guest's agent brings the other
 * end there by a WebSocket of its own, and the two are tied together.
 */
@NullMarked
package io.anemone.orchestrator.stream;

import org.jspecify.annotations.NullMarked;
