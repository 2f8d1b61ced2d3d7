/** What happened to VMs and leases, and who must hear of it after a commit. */
@NullMarked
package io.anemone.orchestrator.history;

import org.jspecify.annotations.NullMarked;
