/** Tests of the VM machine. */
@NullMarked
package io.anemone.core.vm;

import org.jspecify.annotations.NullMarked;
