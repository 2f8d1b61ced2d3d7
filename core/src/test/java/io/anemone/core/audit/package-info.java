/** Tests of the audit. */
@NullMarked
package io.anemone.core.audit;

import org.jspecify.annotations.NullMarked;
