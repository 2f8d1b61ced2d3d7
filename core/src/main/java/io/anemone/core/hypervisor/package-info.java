/** The port to the hypervisor of one node. */
@NullMarked
package io.anemone.core.hypervisor;

import org.jspecify.annotations.NullMarked;
