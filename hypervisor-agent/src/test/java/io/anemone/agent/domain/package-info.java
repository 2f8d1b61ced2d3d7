@NullMarked
package io.anemone.agent.domain;

import org.jspecify.annotations.NullMarked;
