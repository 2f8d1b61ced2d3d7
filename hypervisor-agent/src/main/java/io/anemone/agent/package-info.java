/** The program that runs in a lease's job and owns the lease's domains. */
@NullMarked
package io.anemone.agent;

import org.jspecify.annotations.NullMarked;
