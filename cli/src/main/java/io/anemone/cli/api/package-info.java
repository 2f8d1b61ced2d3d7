/** The orchestrator's API, version 1, as its caller sees it. */
@NullMarked
package io.anemone.cli.api;

import org.jspecify.annotations.NullMarked;
