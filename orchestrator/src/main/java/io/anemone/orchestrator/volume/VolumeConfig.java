package io.anemone.orchestrator.volume;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Volumes: disks that outlive their VMs. */
@ConfigMapping(prefix = "anemone.volumes")
public interface VolumeConfig {

    /**
     * Directory on a file system that all nodes share, in which every account has, or may make, a directory named like
     * itself (mode 1777, or made by an operator for each account), with an empty file {@code .anemone-volumes} in it.
     * Without it the site offers no volumes.
     */
    Optional<Path> dir();

    /** How much all volumes of one owner may have together. */
    @WithDefault("100G")
    MemorySize quota();

    /** How many volumes one owner may have. */
    @WithDefault("32")
    int maxPerOwner();
}
