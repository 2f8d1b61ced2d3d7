@NullMarked
package io.anemone.agent.stream;

import org.jspecify.annotations.NullMarked;
