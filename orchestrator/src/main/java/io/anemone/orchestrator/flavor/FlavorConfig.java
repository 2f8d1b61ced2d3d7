package io.anemone.orchestrator.flavor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;

/**
 * The site's flavors: {@code anemone.flavors.<name>.vcpus}, {@code anemone.flavors.<name>.memory-mib} and so on. A site
 * that sets any sets all; without one there are those of {@link FlavorCatalog#STANDARD}.
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

        /** For people: what it is good for. */
        Optional<String> description();

        /**
         * How much of a core each virtual processor counts for, and may use, on a lease of a pool. A job of its own has
         * whole cores.
         */
        @WithDefault("100")
        int cpuPercent();

        /** Whether a VM gets all of its node that its job was granted; processors and memory are then the least. */
        @WithDefault("false")
        boolean wholeNode();
    }
}
