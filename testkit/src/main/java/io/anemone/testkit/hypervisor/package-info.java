/** A hypervisor that can misbehave on request, and the contract that every hypervisor passes. */
@NullMarked
package io.anemone.testkit.hypervisor;

import org.jspecify.annotations.NullMarked;
