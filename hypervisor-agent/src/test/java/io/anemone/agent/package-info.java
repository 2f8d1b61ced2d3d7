@NullMarked
package io.anemone.agent;

import org.jspecify.annotations.NullMarked;
