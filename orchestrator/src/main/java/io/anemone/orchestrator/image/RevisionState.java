package io.anemone.orchestrator.image;

/**
 * Where a revision of the registry's is.
 *
 * <pre>
 * RECEIVING → CHECKING → ACTIVE ⇄ DEPRECATED
 *     ↘          ↘ REFUSED  ↘        ↓
 *      ――――――――――――――――――――→  DELETED
 * </pre>
 */
enum RevisionState {
    /** Its files arrive. */
    RECEIVING,
    /** They are all there, and are being looked at. */
    CHECKING,
    /** VMs boot it. */
    ACTIVE,
    /** VMs boot it if they are asked for with its number; its image's name does not stand for it. */
    DEPRECATED,
    /** It cannot be an image; its message says why. */
    REFUSED,
    /** No VM can be asked for with it. */
    DELETED;

    boolean bootable() {
        return this == ACTIVE || this == DEPRECATED;
    }

    boolean mayBecome(RevisionState next) {
        return switch (this) {
            case RECEIVING -> next == CHECKING || next == DELETED || next == REFUSED;
            case CHECKING -> next == ACTIVE || next == REFUSED || next == DELETED;
            case ACTIVE -> next == DEPRECATED || next == DELETED;
            case DEPRECATED -> next == ACTIVE || next == DELETED;
            case REFUSED -> next == DELETED;
            case DELETED -> false;
        };
    }
}
