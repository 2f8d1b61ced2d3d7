@NullMarked
package io.anemone.agent.link;

import org.jspecify.annotations.NullMarked;
