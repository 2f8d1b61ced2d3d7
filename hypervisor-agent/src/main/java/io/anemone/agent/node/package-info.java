/** What the job's part of the node has: processors, memory, firmware, bridges. */
@NullMarked
package io.anemone.agent.node;

import org.jspecify.annotations.NullMarked;
