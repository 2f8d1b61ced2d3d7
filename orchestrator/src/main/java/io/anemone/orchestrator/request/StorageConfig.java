package io.anemone.orchestrator.request;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** What VMs may store on besides volumes. */
@ConfigMapping(prefix = "anemone.storage")
public interface StorageConfig {

    /** The largest root disk that may be asked for, in GiB. */
    @WithDefault("200")
    int maxRootGib();

    /** How much all scratch disks of a VM may have together, in GiB. */
    @WithDefault("500")
    int maxScratchGib();

    /**
     * Directories of the nodes below which users may share directories into guests of their own jobs;
     * <code>{owner}</code> stands for the VM's owner. Without any, nothing is shared.
     */
    Optional<List<String>> shareRoots();
}
