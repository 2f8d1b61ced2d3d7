package io.anemone.orchestrator.request;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.Set;

/** What guests may have besides a size. */
@ConfigMapping(prefix = "anemone.guests")
public interface GuestConfig {

    /** Hardware that not every node has. */
    enum Offer {
        UEFI,
        TPM,
        HUGE_PAGES
    }

    /** What all nodes have, or enough of them that a second or third try finds one. */
    Optional<Set<Offer>> offers();

    /** Bridges of the pools' nodes that anybody's VM may be plugged into. */
    Optional<Set<String>> bridges();

    /** Whether guests on the user network may open connections to the outside and publish ports; otherwise all are isolated. */
    @WithDefault("true")
    boolean outbound();

    /** How many ports of a node one VM may publish besides ssh, 0 to 32. */
    @WithDefault("16")
    int ports();
}
