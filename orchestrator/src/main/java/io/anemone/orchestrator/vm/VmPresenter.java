package io.anemone.orchestrator.vm;

import io.anemone.core.image.ImageReference;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.VmSpec;
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
        return VmJson.of(vm, options(vm.spec()), clock.instant());
    }

    /** What an older version left to the image is looked up there, and stays unknown while it cannot be. */
    private GuestOptions options(VmSpec spec) {
        GuestOptions own = spec.options();
        return own.readiness() != null && own.user() != null
                ? own
                : ImageReference.parse(spec.image())
                        .flatMap(reference -> images.look(reference).found())
                        .map(own::filledFrom)
                        .orElse(own);
    }
}
