/** Jobs of a user's own: the spec file, the credential, and what the job's output tells. */
@NullMarked
package io.anemone.agent.direct;

import org.jspecify.annotations.NullMarked;
