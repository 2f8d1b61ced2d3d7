@NullMarked
package io.anemone.agent.guest;

import org.jspecify.annotations.NullMarked;
