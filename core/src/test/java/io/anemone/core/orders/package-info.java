@NullMarked
package io.anemone.core.orders;

import org.jspecify.annotations.NullMarked;
