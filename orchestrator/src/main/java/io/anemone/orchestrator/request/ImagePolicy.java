package io.anemone.orchestrator.request;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageTier;
import io.anemone.core.vm.LaunchPath;
import io.anemone.orchestrator.image.ImageConfig;
import io.anemone.orchestrator.problem.FieldException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which images run where. In a restricted place there are only golden ones, with nothing of the user's own and no root. */
@ApplicationScoped
public class ImagePolicy {

    private final Set<String> restricted;

    public ImagePolicy(ImageConfig config) {
        this.restricted = config.restricted().orElse(Set.of());
    }

    void check(ImageDefinition image, LaunchPath path, @Nullable String pool, @Nullable String userData) {
        String place = place(path, pool);
        if (place.isEmpty()) {
            return;
        }
        if (image.tier() != ImageTier.GOLDEN) {
            throw new FieldException(
                    ErrorCode.IMAGE_NOT_ALLOWED,
                    "image",
                    "Only golden images run " + place + ", and " + image.name() + " is a user's: take a golden one, or"
                            + " another path.");
        }
        if (image.defaultUser().equals("root")) {
            throw new FieldException(
                    ErrorCode.IMAGE_NOT_ALLOWED,
                    "image",
                    "Nobody is root " + place + ", and the image " + image.name() + " gives its user root: take another"
                            + " image, or another path.");
        }
        if (userData != null) {
            throw new FieldException(
                    ErrorCode.IMAGE_NOT_ALLOWED,
                    "userData",
                    "No user data of one's own is taken " + place + ": leave it out, or take another path.");
        }
    }

    /** In words; empty for a place that is not restricted. */
    public String place(LaunchPath path, @Nullable String pool) {
        String name = path.name().toLowerCase(Locale.ROOT);
        if (restricted.contains(name)) {
            return "on the path " + name;
        }
        return pool != null && restricted.contains("pool:" + pool) ? "in the pool " + pool : "";
    }
}
