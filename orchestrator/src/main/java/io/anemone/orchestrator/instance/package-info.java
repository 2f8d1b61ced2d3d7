/** The orchestrators of one database: who they are, that they live, and what follows when one does not. */
@NullMarked
package io.anemone.orchestrator.instance;

import org.jspecify.annotations.NullMarked;
