@NullMarked
package io.anemone.agent.save;

import org.jspecify.annotations.NullMarked;
