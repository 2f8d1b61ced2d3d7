package io.anemone.orchestrator.vm;

import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageReference;
import io.anemone.orchestrator.image.ImageCatalog;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Tells VMs as the API does. */
@ApplicationScoped
public class VmPresenter {

    private final ImageCatalog images;
    private final Clock clock;

    VmPresenter(ImageCatalog images, Clock clock) {
        this.images = images;
        this.clock = clock;
    }

    public VmJson present(VmRecord vm) {
        ImageDefinition image = ImageReference.parse(vm.spec().image())
                .flatMap(reference -> images.look(reference).found())
                .orElse(null);
        return VmJson.of(vm, image, clock.instant());
    }
}
