package io.anemone.orchestrator.image.inspection;

import java.time.Duration;

/**
 * How much of anything a file may have.
 *
 * @param virtualBytes largest disk that a guest may see
 * @param bootBytes    largest kernel or initrd
 * @param time         that looking at one file may take
 */
public record InspectionLimits(long virtualBytes, long bootBytes, Duration time) {}
