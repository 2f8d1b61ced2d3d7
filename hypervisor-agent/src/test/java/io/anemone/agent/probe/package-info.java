@NullMarked
package io.anemone.agent.probe;

import org.jspecify.annotations.NullMarked;
