/** What tests of the running service share. */
@NullMarked
package io.anemone.orchestrator.testing;

import org.jspecify.annotations.NullMarked;
