package io.anemone.agent.vm;

import io.anemone.agent.files.PreparationException;
import io.anemone.agent.files.SavedGuests;
import io.anemone.core.error.Failure;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.wire.Discard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Saved guests in memory; can be full, or refuse to remove anything. */
public final class MemorySavedGuests implements SavedGuests {

    private final Map<DomainId, Guest> begun = new HashMap<>();
    private final Map<DomainId, Guest> complete = new HashMap<>();
    private @Nullable Failure failure;
    private boolean refusesDiscards;

    public synchronized void failWith(@Nullable Failure next) {
        failure = next;
    }

    public synchronized void refusesDiscards(boolean refuses) {
        refusesDiscards = refuses;
    }

    /** What another node's agent has saved. */
    public synchronized void holds(DomainId id, DomainId born, Path memory) {
        complete.put(id, new Guest(born, memory, Path.of("/nonexistent")));
    }

    @Override
    public synchronized Path begin(DomainId id, DomainId born, Path files, int memoryMiB) throws PreparationException {
        if (failure != null) {
            throw new PreparationException(failure);
        }
        Path memory = Path.of("/nonexistent", id.toString());
        begun.put(id, new Guest(born, memory, files));
        return memory;
    }

    @Override
    public synchronized Optional<Path> begun(DomainId id) {
        return Optional.ofNullable(begun.get(id)).map(Guest::memory);
    }

    @Override
    public synchronized void complete(DomainId id) {
        Guest guest = begun.remove(id);
        if (guest != null) {
            complete.put(id, guest);
        }
    }

    @Override
    public synchronized void abandon(DomainId id) {
        begun.remove(id);
    }

    @Override
    public synchronized Optional<Guest> find(DomainId id) {
        return Optional.ofNullable(complete.get(id));
    }

    @Override
    public synchronized List<DomainId> of(String job) {
        return List.copyOf(complete.keySet());
    }

    @Override
    public synchronized void discard(Discard order) throws IOException {
        if (refusesDiscards) {
            throw new IOException("read-only file system");
        }
        complete.keySet().removeIf(id -> id.vm().equals(order.vm()) && id.attempt() <= order.attempt());
    }
}
