package io.anemone.core.image;

/**
 * One revision of an image. It never changes: other files, another command line or other needs are another revision.
 *
 * @param name        {@code NAME} of the site's own, {@code OWNER/NAME} of a user's
 * @param revision    counts from 1 for each name
 * @param description one line for people
 * @param content     what a guest boots from
 * @param defaultUser the account that the ssh keys are for
 * @param readiness   what makes a guest of this image READY
 * @param needs       what it asks of its machine
 * @param tier        who answers for it
 */
public record ImageDefinition(
        String name,
        int revision,
        String description,
        ImageContent content,
        String defaultUser,
        ReadinessProbe readiness,
        ImageNeeds needs,
        ImageTier tier) {

    /** {@code NAME@REVISION}: what a VM's spec is pinned to. */
    public String reference() {
        return new ImageReference(name, revision).toString();
    }
}
