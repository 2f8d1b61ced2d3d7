/** The wire protocol as JSON. */
@NullMarked
package io.anemone.orchestrator.json;

import org.jspecify.annotations.NullMarked;
