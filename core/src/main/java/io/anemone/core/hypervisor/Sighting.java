package io.anemone.core.hypervisor;

/** Positive knowledge about one domain. */
public sealed interface Sighting {

    record Present(DomainView domain) implements Sighting {}

    /** There is no such domain. {@code ending} is what was seen of its end. */
    record Gone(Ending ending) implements Sighting {}

    enum Ending {
        /** The guest switched itself off. */
        POWERED_OFF,
        /** Ended by {@link Hypervisor#destroy}, or by somebody else's word to the hypervisor. */
        DESTROYED,
        /** The guest's process ended without being asked to, or the guest crashed. */
        CRASHED,
        /** Nobody was watching, or it never was. */
        UNSEEN
    }
}
