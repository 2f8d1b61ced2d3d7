@NullMarked
package io.anemone.agent.cache;

import org.jspecify.annotations.NullMarked;
