@NullMarked
package io.anemone.agent.vm;

import org.jspecify.annotations.NullMarked;
