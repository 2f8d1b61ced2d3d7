@NullMarked
package io.anemone.core.image;

import org.jspecify.annotations.NullMarked;
