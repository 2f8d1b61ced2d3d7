/** What keeps VMs away from a node, an image or a partition that has failed again and again. */
@NullMarked
package io.anemone.core.breaker;

import org.jspecify.annotations.NullMarked;
