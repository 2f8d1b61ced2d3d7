@NullMarked
package io.anemone.agent.node;

import org.jspecify.annotations.NullMarked;
