package io.anemone.core.vm;

import java.util.UUID;

/**
 * Where a volume is kept: in a directory of the account that uses it, below one that all nodes share.
 *
 * @param id        the volume
 * @param directory what all nodes share, absolute
 */
public record VolumeFile(UUID id, String directory) {}
