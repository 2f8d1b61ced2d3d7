@NullMarked
package io.anemone.agent.direct;

import org.jspecify.annotations.NullMarked;
