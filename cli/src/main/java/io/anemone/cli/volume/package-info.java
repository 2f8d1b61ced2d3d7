/** {@code anemone volume}: disks that outlive their VMs. */
@NullMarked
package io.anemone.cli.volume;

import org.jspecify.annotations.NullMarked;
