/** The site's flavors: sizes with a name. */
@NullMarked
package io.anemone.orchestrator.flavor;

import org.jspecify.annotations.NullMarked;
