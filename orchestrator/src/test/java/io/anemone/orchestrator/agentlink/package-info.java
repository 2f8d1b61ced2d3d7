@NullMarked
package io.anemone.orchestrator.agentlink;

import org.jspecify.annotations.NullMarked;
