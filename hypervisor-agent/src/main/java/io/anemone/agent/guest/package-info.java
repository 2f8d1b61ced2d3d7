/** What is learnt of a running guest: from the agent inside it, from its console, from the hypervisor's counters. */
@NullMarked
package io.anemone.agent.guest;

import org.jspecify.annotations.NullMarked;
