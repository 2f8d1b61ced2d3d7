/** The lease: the right to use part of one node, backed by one job, and the one machine that moves it. */
@NullMarked
package io.anemone.core.lease;

import org.jspecify.annotations.NullMarked;
