package io.anemone.core.orders;

import java.time.Duration;

/**
 * How long a guest may take to shut down before it is destroyed.
 *
 * @param stop     when it is to be ended
 * @param shutdown when it was asked to switch itself off
 */
public record Graces(Duration stop, Duration shutdown) {}
