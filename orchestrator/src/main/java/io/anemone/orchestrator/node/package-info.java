/** Nodes and partitions, as the scheduler describes them. */
@NullMarked
package io.anemone.orchestrator.node;

import org.jspecify.annotations.NullMarked;
