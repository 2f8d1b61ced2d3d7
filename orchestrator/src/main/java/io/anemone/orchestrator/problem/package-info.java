/** Errors as the API tells them (RFC 9457). */
@NullMarked
package io.anemone.orchestrator.problem;

import org.jspecify.annotations.NullMarked;
