package io.anemone.simulation;

import io.anemone.agent.files.PreparationException;
import io.anemone.agent.files.SavedGuests;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.wire.Discard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What one agent does on the shared file system, which may be full, and in the middle of which it may die. */
final class AgentStorage implements SavedGuests {

    private final Site site;
    private final AgentRun agent;
    private final SharedStorage storage;

    AgentStorage(Site site, AgentRun agent) {
        this.site = site;
        this.agent = agent;
        this.storage = site.storage();
    }

    @Override
    public Path begin(DomainId id, DomainId born, Path files, int memoryMiB) throws PreparationException {
        abandon(id);
        agent.dieAt("before a disk is copied");
        if (site.faults().strikes(Fault.SHARED_STORAGE_FULL)) {
            throw new PreparationException(new Failure(ErrorCode.SUSPEND_FAILED, "There is no room."));
        }
        Path memory = Path.of("/shared", id.vm().toString(), Integer.toString(id.attempt()), "memory");
        storage.memory.remove(memory.toString());
        storage.begun.put(id, new Guest(born, memory, files));
        storage.jobs.put(id, agent.run().job().id());
        agent.dieAt("after a disk was copied");
        return memory;
    }

    @Override
    public Optional<Path> begun(DomainId id) {
        return Optional.ofNullable(storage.begun.get(id)).map(Guest::memory);
    }

    @Override
    public void complete(DomainId id) throws IOException {
        if (storage.complete.containsKey(id)) {
            return;
        }
        agent.dieAt("before it counts as saved");
        storage.complete.put(id, Objects.requireNonNull(storage.begun.remove(id)));
        agent.dieAt("after it counts as saved");
    }

    @Override
    public void abandon(DomainId id) {
        Guest guest = storage.begun.remove(id);
        if (guest != null) {
            storage.memory.remove(guest.memory().toString());
        }
    }

    @Override
    public Optional<Guest> find(DomainId id) {
        Guest half = site.bug() == PlantedBug.HALF_SAVED_COUNTS ? storage.begun.get(id) : null;
        return Optional.ofNullable(storage.complete.getOrDefault(id, half));
    }

    @Override
    public List<DomainId> of(String job) {
        return storage.complete.keySet().stream()
                .filter(id -> job.equals(storage.jobs.get(id)))
                .toList();
    }

    @Override
    public void discard(Discard order) throws IOException {
        if (site.faults().strikes(Fault.NOTES_LOST)) {
            throw new IOException("Stale file handle");
        }
        storage.complete.entrySet().removeIf(saved -> {
            boolean gone =
                    saved.getKey().vm().equals(order.vm()) && saved.getKey().attempt() <= order.attempt();
            if (gone) {
                storage.memory.remove(saved.getValue().memory().toString());
            }
            return gone;
        });
    }
}
