/** Volumes: disks that outlive their VMs, and the rules that keep them with one VM at a time. */
@NullMarked
package io.anemone.core.volume;

import org.jspecify.annotations.NullMarked;
