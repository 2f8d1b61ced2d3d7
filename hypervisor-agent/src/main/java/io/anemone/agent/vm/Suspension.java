package io.anemone.agent.vm;

import io.anemone.agent.files.PreparationException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.HypervisorException;
import io.anemone.core.hypervisor.Sighting.Gone;
import io.anemone.core.hypervisor.Sighting.Present;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Saves one guest, or leaves it as it was. Blocks for as long as the file system does; runs on a thread that nothing else
 * waits for. The guest is paused first, then its disk is copied, then its memory is written, which ends its domain: until
 * that moment nothing has changed but that it is paused, and from then on all is there.
 */
final class Suspension {

    private static final System.Logger LOG = System.getLogger(Suspension.class.getName());

    /** What came of it. */
    sealed interface Result {

        record Saved() implements Result {}

        /** It runs on. */
        record Failed(Failure failure) implements Result {}

        /** It ended by itself, or its end is not known: the domain tells. */
        record LookAgain() implements Result {}
    }

    private final DomainId id;
    private final DomainId born;
    private final int memoryMiB;
    private final VmParts parts;
    private volatile boolean abandoned;

    /** @param born the attempt that booted the guest */
    Suspension(DomainId id, DomainId born, int memoryMiB, VmParts parts) {
        this.id = id;
        this.born = born;
        this.memoryMiB = memoryMiB;
        this.parts = parts;
    }

    /** Too late once its memory is being written. */
    void abandon() {
        abandoned = true;
    }

    Result run() {
        try {
            parts.hypervisor().pause(id);
            Path memory = parts.saved().begin(id, born, parts.files().directory(id), memoryMiB);
            if (abandoned) {
                return goOn(failure("It was to be ended meanwhile"));
            }
            parts.hypervisor().save(id, memory.toString());
            parts.saved().complete(id);
            return new Result.Saved();
        } catch (PreparationException e) {
            return goOn(e.failure());
        } catch (HypervisorException e) {
            return goOn(failure("It could not be saved: " + e.failure().message()));
        } catch (IOException e) {
            return goOn(failure("It could not be saved: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result.LookAgain();
        }
    }

    /** What was written counts only as long as there is no guest that goes on. */
    private Result goOn(Failure failure) {
        try {
            return switch (parts.hypervisor().find(id)) {
                case Present present -> {
                    parts.saved().abandon(id);
                    parts.hypervisor().unpause(id);
                    yield new Result.Failed(failure);
                }
                case Gone gone -> new Result.LookAgain();
            };
        } catch (HypervisorException | IOException e) {
            LOG.log(Level.WARNING, "not known whether it is saved " + parts.identity(id.vm()) + ": " + e.getMessage());
            return new Result.LookAgain();
        }
    }

    private Failure failure(String message) {
        return new Failure(ErrorCode.SUSPEND_FAILED, message + " " + parts.identity(id.vm()));
    }

    /**
     * Whether an attempt whose domain is gone is saved: also if nobody has said so, because its agent died in between.
     *
     * @throws HypervisorException if that cannot be told at the moment
     */
    static boolean isSaved(DomainId id, VmParts parts) throws IOException {
        if (parts.saved().find(id).isPresent()) {
            return true;
        }
        Optional<Path> begun = parts.saved().begun(id);
        if (begun.isEmpty()) {
            return false;
        }
        if (!parts.hypervisor().holdsGuest(begun.get().toString())) {
            parts.saved().abandon(id);
            return false;
        }
        try {
            parts.saved().complete(id);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
