@NullMarked
package io.anemone.core.volume;

import org.jspecify.annotations.NullMarked;
