@NullMarked
package io.anemone.testkit.scheduler;

import org.jspecify.annotations.NullMarked;
