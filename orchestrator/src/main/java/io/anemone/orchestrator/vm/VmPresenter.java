package io.anemone.orchestrator.vm;

import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageReference;
import io.anemone.orchestrator.image.Images;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Tells VMs as the API does. */
@ApplicationScoped
public class VmPresenter {

    private final Images images;
    private final Clock clock;

    VmPresenter(Images images, Clock clock) {
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
