package io.anemone.orchestrator.image;

import io.anemone.orchestrator.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;

/** Who may see, boot and change which image. Whoever may not see one is told that there is none. */
@ApplicationScoped
class ImageAccess {

    private final ProjectConfig projects;

    ImageAccess(ProjectConfig projects) {
        this.projects = projects;
    }

    /** Whether the account may boot it. */
    boolean boots(ImageRecord image, String account) {
        return image.owner().equals(account)
                || switch (image.visibility()) {
                    case PRIVATE -> false;
                    case PROJECT -> image.project() != null && projects.has(image.project(), account);
                    case PUBLIC -> true;
                };
    }

    boolean sees(ImageRecord image, Caller caller) {
        return caller.operator() || boots(image, caller.name());
    }

    /** Owners and operators; a golden image is the operators' whoever made it. */
    boolean changes(ImageRecord image, Caller caller) {
        return switch (image.tier()) {
            case GOLDEN -> caller.operator();
            case USER -> caller.sees(image.owner());
        };
    }

    boolean inProject(String project, Caller caller) {
        return caller.operator() || projects.has(project, caller.name());
    }
}
