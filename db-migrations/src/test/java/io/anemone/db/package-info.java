/** The schema, applied to a real PostgreSQL. */
@NullMarked
package io.anemone.db;

import org.jspecify.annotations.NullMarked;
