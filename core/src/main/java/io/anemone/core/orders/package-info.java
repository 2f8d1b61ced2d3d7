/** What an agent is ordered to do, made from the state alone, and what its reports mean for the state. */
@NullMarked
package io.anemone.core.orders;

import org.jspecify.annotations.NullMarked;
