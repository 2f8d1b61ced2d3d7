package io.anemone.orchestrator.request;

import io.anemone.core.scheduler.Cluster;
import java.util.Optional;

/** What is known of the cluster at the moment, without asking anybody. */
@FunctionalInterface
public interface KnownCluster {

    /** The newest description; empty when the scheduler has not given one yet. */
    Optional<Cluster> newest();
}
