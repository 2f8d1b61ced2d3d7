/** Whether guests really run on KVM here. */
@NullMarked
package io.anemone.agent.probe;

import org.jspecify.annotations.NullMarked;
