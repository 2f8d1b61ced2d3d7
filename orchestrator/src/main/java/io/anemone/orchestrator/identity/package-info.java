/** Who calls: accounts, sessions, roles. */
@NullMarked
package io.anemone.orchestrator.identity;

import org.jspecify.annotations.NullMarked;
