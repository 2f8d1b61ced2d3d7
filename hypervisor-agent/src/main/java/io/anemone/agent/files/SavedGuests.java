package io.anemone.agent.files;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.wire.Discard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Suspended guests, kept where every node finds them. What an attempt saves counts from {@link #complete} on, and then for
 * good; before that it is nothing. Any call may take as long as the file system does.
 */
public interface SavedGuests {

    /**
     * A saved guest.
     *
     * @param born   the attempt that booted it
     * @param memory what the hypervisor wrote
     * @param files  the directory with the attempt's other files
     */
    record Guest(DomainId born, Path memory, Path files) {}

    /**
     * Begins to save, anew if an earlier try was left.
     *
     * @param born       the attempt that booted the guest
     * @param files      the attempt's files, which are copied: the guest must be paused
     * @param memoryMiB  of the guest
     * @return where its memory is to be written
     * @throws PreparationException if there is no room, or no such place
     */
    Path begin(DomainId id, DomainId born, Path files, int memoryMiB)
            throws PreparationException, IOException, InterruptedException;

    /** Where {@link #begin} said, if it was begun, and neither completed nor abandoned since. */
    Optional<Path> begun(DomainId id) throws IOException;

    /** All is written: from now on it counts. May be repeated. */
    void complete(DomainId id) throws IOException, InterruptedException;

    /** Removes what was begun and not completed. Harmless when there is nothing. */
    void abandon(DomainId id) throws IOException;

    /** What this attempt has saved, complete. */
    Optional<Guest> find(DomainId id) throws IOException;

    /** What attempts of this job have saved, complete. */
    List<DomainId> of(String job) throws IOException;

    /** Removes it. Harmless when there is nothing. */
    void discard(Discard order) throws IOException;
}
