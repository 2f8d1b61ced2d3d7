@NullMarked
package io.anemone.core.breaker;

import org.jspecify.annotations.NullMarked;
