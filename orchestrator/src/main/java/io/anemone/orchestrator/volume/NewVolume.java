package io.anemone.orchestrator.volume;

import org.jspecify.annotations.Nullable;

/** A volume that somebody wants, validated. */
record NewVolume(String name, String owner, @Nullable String project, VolumePlace place, int sizeGiB) {}
