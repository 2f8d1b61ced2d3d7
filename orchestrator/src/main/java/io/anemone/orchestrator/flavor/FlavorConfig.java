package io.anemone.orchestrator.flavor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/**
 * The site's flavors: {@code anemone.flavors.<name>.vcpus} and {@code anemone.flavors.<name>.memory-mib}. A site that
 * sets any sets all; without one there are those of {@link FlavorCatalog#STANDARD}.
 */
@ConfigMapping(prefix = "anemone.flavors")
public interface FlavorConfig {

    @WithParentName
    Map<String, Size> byName();

    /** One flavor. */
    interface Size {

        /** Virtual processors. */
        int vcpus();

        /** Memory in MiB. */
        int memoryMib();
    }
}
