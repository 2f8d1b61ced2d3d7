package io.anemone.orchestrator.vm;

import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageReference;
import io.anemone.orchestrator.image.ImageCatalog;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells VMs as the API does. */
@ApplicationScoped
public class VmPresenter {

    private final ImageCatalog images;

    VmPresenter(ImageCatalog images) {
        this.images = images;
    }

    public VmJson present(VmRecord vm) {
        String user = ImageReference.parse(vm.spec().image())
                .flatMap(reference -> images.look(reference).found())
                .map(ImageDefinition::defaultUser)
                .orElse(null);
        return VmJson.of(vm, user);
    }
}
