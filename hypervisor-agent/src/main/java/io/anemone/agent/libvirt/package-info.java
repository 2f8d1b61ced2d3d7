/** The hypervisor port over libvirt. The only place that knows libvirt's own types. */
@NullMarked
package io.anemone.agent.libvirt;

import org.jspecify.annotations.NullMarked;
