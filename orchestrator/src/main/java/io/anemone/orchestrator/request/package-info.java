/** From what somebody sent to what is validated: nothing past this package sees raw input. */
@NullMarked
package io.anemone.orchestrator.request;

import org.jspecify.annotations.NullMarked;
