package io.anemone.agent.files;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.hypervisor.DomainSpec.Boot;
import io.anemone.core.hypervisor.DomainSpec.Consoles;
import io.anemone.core.hypervisor.DomainSpec.Firmware;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.Preparation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of a guest on the node, and the record of which attempts were started here. */
public interface GuestFiles {

    /**
     * @param boot  the kernel to boot directly, or null
     * @param disks in the order that the guest sees them
     * @param firmware UEFI, or null for BIOS
     */
    record Prepared(
            @Nullable Boot boot,
            List<DomainSpec.Disk> disks,
            List<DomainSpec.Share> shares,
            Consoles consoles,
            @Nullable Firmware firmware) {
        public Prepared {
            disks = List.copyOf(disks);
            shares = List.copyOf(shares);
        }

        /** Boots by BIOS, without shares. */
        public Prepared(@Nullable Boot boot, List<DomainSpec.Disk> disks, Consoles consoles) {
            this(boot, disks, List.of(), consoles, null);
        }
    }

    /** Is told how the image comes to the node, and knows whether the guest is wanted any more. */
    interface Watch {

        void preparing(Preparation image);

        boolean abandoned();
    }

    /**
     * Brings the image to the node and makes overlay, seed and scratch disks, or brings back those that were saved; takes the volumes. May be repeated; takes as long as a copy of the image does.
     *
     * @param saved what its guest goes on from; empty if it is booted
     * @throws InterruptedException also when the guest is not wanted any more
     */
    Prepared prepare(DesiredVm vm, Optional<SavedGuests.Guest> saved, Watch watch)
            throws PreparationException, InterruptedException;

    /** Where the guest's consoles are, once it is prepared; empty if it has none that can be read. */
    Optional<Consoles> consoles(DomainId id);

    /** The directory of an attempt's files, be it there or not. */
    Path directory(DomainId id);

    /** The attempt that booted an attempt's guest, which is itself unless its guest goes on from what another saved. */
    DomainId born(DomainId id) throws IOException;

    /** Its guest does not go on from what another attempt saved after all: from now on {@link #born} is itself. */
    void bootsAnew(DomainId id) throws IOException;

    /** Removes all of it. Harmless when there is nothing. */
    void remove(DomainId id) throws IOException;

    /** Notes, before it is done, that this attempt is started: it will not be started again. */
    void noteStart(DomainId id) throws IOException;

    /** Notes, before it is done, that it is rebooted because of this order: it is not done twice. */
    void noteReboot(DomainId id, Instant askedAt) throws IOException;

    /** The newest order to reboot that was noted. */
    Optional<Instant> rebooted(DomainId id) throws IOException;

    /** Notes how it ended, for an agent that comes later. */
    void noteEnd(DomainId id, String report) throws IOException;

    /** Attempts that are noted to have ended and whose files are still there, after another try to remove them. */
    List<DomainId> remains() throws IOException;

    /** What was noted: empty if it was never started here, "" if it was started and its end was not seen. */
    Optional<String> noted(DomainId id) throws IOException;
}
