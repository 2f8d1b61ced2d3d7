package io.anemone.agent.save;

import io.anemone.core.hypervisor.DomainId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** The copies on the node, and the note of what was begun, which outlives the agent. */
public interface SaveFiles {

    /** @param frozen whether the guest may stand still because of it */
    record Begun(UUID save, boolean frozen) {}

    /**
     * Notes that it is begun, and makes an empty qcow2 that QEMU may write.
     *
     * @param bytes size of the disk
     */
    Path make(DomainId id, UUID save, long bytes) throws IOException, InterruptedException;

    /** Notes, before it is done, that the guest is made to stand still. */
    void noteFreeze(DomainId id) throws IOException;

    /** What was begun for this attempt and not removed. */
    Optional<Begun> begun(DomainId id) throws IOException;

    /** Removes copy and note. Harmless when there is nothing. */
    void remove(DomainId id) throws IOException;

    /** Bytes that are free where copies are. */
    long room() throws IOException;
}
