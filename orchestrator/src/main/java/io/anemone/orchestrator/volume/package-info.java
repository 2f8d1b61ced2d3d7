/** Volumes: disks that outlive their VMs. */
@NullMarked
package io.anemone.orchestrator.volume;

import org.jspecify.annotations.NullMarked;
