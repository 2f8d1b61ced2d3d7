package io.anemone.core.scheduler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the scheduler said of one partition.
 *
 * @param name        partition name
 * @param isDefault   whether jobs without a partition go here
 * @param maxWalltime longest time limit of a job, or null for no limit
 */
public record PartitionView(
        String name, boolean isDefault, @Nullable Duration maxWalltime) {}
