@NullMarked
package io.anemone.testkit.hypervisor;

import org.jspecify.annotations.NullMarked;
