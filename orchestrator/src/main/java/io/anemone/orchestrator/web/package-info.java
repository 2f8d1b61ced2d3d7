/** How the dashboard is served. */
@NullMarked
package io.anemone.orchestrator.web;

import org.jspecify.annotations.NullMarked;
