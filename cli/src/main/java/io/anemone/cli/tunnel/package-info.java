/** Streams of bytes to a guest, through the orchestrator. */
@NullMarked
package io.anemone.cli.tunnel;

import org.jspecify.annotations.NullMarked;
