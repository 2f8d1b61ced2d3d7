package io.anemone.orchestrator.agentlink;

import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageReference;
import io.anemone.core.image.ImageTier;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.wire.Prefetch;
import io.anemone.orchestrator.image.ImageConfig;
import io.anemone.orchestrator.image.ImageLookup;
import io.anemone.orchestrator.image.Images;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.vm.VmQuery;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an agent may bring to its node before it is needed there: what the site wants to be warm, and what VMs boot from
 * that wait for room in the agent's pool. Images of the site alone, for it is kept where every user of the node may read
 * it; and only by agents of pools, for those are on a node before the VM is. A scheduled VM's own agent comes with its job;
 * on a node of a pool it finds there what the pool's agent has brought.
 */
@ApplicationScoped
class Prefetches {

    /** A list that is longer would push out of the cache what it has just brought. */
    private static final int MOST = 20;

    private final Images images;
    private final ImageConfig config;
    private final VmQuery vms;

    Prefetches(Images images, ImageConfig config, VmQuery vms) {
        this.images = images;
        this.config = config;
        this.vms = vms;
    }

    List<Prefetch> of(LeaseRecord lease) {
        return images(lease)
                .map(image -> new Prefetch(image.name(), image.content().files()))
                .toList();
    }

    /** What {@link #of} names. */
    List<ImageReference> references(LeaseRecord lease) {
        return images(lease)
                .map(image -> new ImageReference(image.name(), image.revision()))
                .toList();
    }

    /** What is waited for comes first. */
    private Stream<ImageDefinition> images(LeaseRecord lease) {
        String pool = lease.spec().pool();
        if (pool == null || !(lease.state() instanceof LeaseState.Active)) {
            return Stream.empty();
        }
        return Stream.concat(
                        vms.imagesWaitingFor(pool).stream().sorted(),
                        config.warm().orElse(List.of()).stream().map(String::strip))
                .map(ImageReference::parse)
                .flatMap(Optional::stream)
                .map(images::look)
                .map(ImageLookup::found)
                .flatMap(Optional::stream)
                .filter(image -> image.tier() == ImageTier.GOLDEN)
                .distinct()
                .limit(MOST);
    }
}
