package io.anemone.agent.vm;

import io.anemone.agent.files.GuestFiles;
import io.anemone.agent.files.PreparationException;
import io.anemone.agent.files.SavedGuests;
import io.anemone.core.error.Failure;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainSpec.Consoles;
import io.anemone.core.wire.DesiredVm;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files in memory; can fail to be made. */
public final class MemoryGuestFiles implements GuestFiles {

    private final Set<DomainId> prepared = new HashSet<>();
    private final Map<DomainId, DomainId> born = new HashMap<>();
    private final Map<DomainId, Instant> reboots = new HashMap<>();
    private final Map<DomainId, String> notes = new HashMap<>();
    private final @Nullable Consoles consoles;
    private @Nullable Failure failure;

    public MemoryGuestFiles() {
        this.consoles = null;
    }

    /** @param console that every guest has */
    public MemoryGuestFiles(Path console) {
        this(new Consoles(console.toString(), "/nonexistent/serial", null));
    }

    public MemoryGuestFiles(Consoles consoles) {
        this.consoles = consoles;
    }

    public synchronized void failWith(Failure next) {
        failure = next;
    }

    public synchronized Set<DomainId> left() {
        return Set.copyOf(prepared);
    }

    @Override
    public synchronized Prepared prepare(DesiredVm vm, Optional<SavedGuests.Guest> saved, Watch watch)
            throws PreparationException {
        if (failure != null) {
            throw new PreparationException(failure);
        }
        DomainId id = new DomainId(vm.vm(), vm.attempt());
        prepared.add(id);
        saved.ifPresent(guest -> born.put(id, guest.born()));
        return new Prepared(null, List.of(), new Consoles("/nonexistent/" + id.name(), "/nonexistent/serial", null));
    }

    @Override
    public Optional<Consoles> consoles(DomainId id) {
        return Optional.ofNullable(consoles);
    }

    @Override
    public Path directory(DomainId id) {
        return Path.of("/nonexistent", id.name());
    }

    @Override
    public synchronized DomainId born(DomainId id) {
        return born.getOrDefault(id, id);
    }

    @Override
    public synchronized void bootsAnew(DomainId id) {
        born.remove(id);
    }

    @Override
    public synchronized void noteReboot(DomainId id, Instant askedAt) {
        reboots.put(id, askedAt);
    }

    @Override
    public synchronized Optional<Instant> rebooted(DomainId id) {
        return Optional.ofNullable(reboots.get(id));
    }

    @Override
    public synchronized void remove(DomainId id) {
        prepared.remove(id);
    }

    @Override
    public synchronized List<DomainId> remains() {
        return prepared.stream()
                .filter(id -> !notes.getOrDefault(id, "").isEmpty())
                .toList();
    }

    @Override
    public synchronized void noteStart(DomainId id) {
        notes.put(id, "");
    }

    @Override
    public synchronized void noteEnd(DomainId id, String report) {
        notes.put(id, report);
    }

    @Override
    public synchronized Optional<String> noted(DomainId id) {
        return Optional.ofNullable(notes.get(id));
    }
}
