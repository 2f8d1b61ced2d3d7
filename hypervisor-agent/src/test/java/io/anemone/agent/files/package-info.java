@NullMarked
package io.anemone.agent.files;

import org.jspecify.annotations.NullMarked;
