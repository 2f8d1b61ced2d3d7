package io.anemone.simulation;

import io.anemone.agent.files.GuestFiles;
import io.anemone.agent.files.PreparationException;
import io.anemone.agent.files.SavedGuests;
import io.anemone.agent.files.SessionSecret;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainSpec.Consoles;
import io.anemone.core.wire.DesiredVm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A job's directory on its node. Survives the agent, and goes with the job. */
final class MemoryFiles implements GuestFiles, SessionSecret {

    private static final Consoles NOWHERE = new Consoles("/nonexistent/log", "/nonexistent/serial", null);

    private final Faults faults;
    private final PlantedBug bug;
    private final Set<DomainId> disks = new HashSet<>();
    private final Map<DomainId, DomainId> born = new HashMap<>();
    private final Map<DomainId, Instant> reboots = new HashMap<>();
    private final Map<DomainId, String> notes = new HashMap<>();
    private Optional<List<String>> secret = Optional.empty();

    MemoryFiles(Faults faults, PlantedBug bug) {
        this.faults = faults;
        this.bug = bug;
    }

    boolean empty() {
        return disks.isEmpty();
    }

    @Override
    public Prepared prepare(DesiredVm vm, Optional<SavedGuests.Guest> saved, Watch watch) throws PreparationException {
        if (faults.strikes(Fault.DISK_FULL)) {
            throw new PreparationException(new Failure(ErrorCode.NODE_STORAGE_FULL, "The node's disk is full."));
        }
        DomainId id = new DomainId(vm.vm(), vm.attempt());
        disks.add(id);
        saved.ifPresent(guest -> born.put(id, guest.born()));
        return new Prepared(null, List.of(), NOWHERE);
    }

    @Override
    public Optional<Consoles> consoles(DomainId id) {
        return Optional.empty();
    }

    @Override
    public Path directory(DomainId id) {
        return Path.of("/nonexistent");
    }

    @Override
    public DomainId born(DomainId id) {
        return born.getOrDefault(id, id);
    }

    @Override
    public void bootsAnew(DomainId id) {
        born.remove(id);
    }

    @Override
    public void noteReboot(DomainId id, Instant askedAt) {
        reboots.put(id, askedAt);
    }

    @Override
    public Optional<Instant> rebooted(DomainId id) {
        return Optional.ofNullable(reboots.get(id));
    }

    @Override
    public void remove(DomainId id) {
        disks.remove(id);
    }

    @Override
    public List<DomainId> remains() {
        return disks.stream()
                .filter(id -> !notes.getOrDefault(id, "").isEmpty())
                .toList();
    }

    @Override
    public void noteStart(DomainId id) throws IOException {
        if (bug == PlantedBug.START_NOT_NOTED) {
            return;
        }
        note(id, "");
    }

    @Override
    public void noteEnd(DomainId id, String report) throws IOException {
        if (bug == PlantedBug.START_NOT_NOTED) {
            return;
        }
        note(id, report);
    }

    private void note(DomainId id, String text) throws IOException {
        if (faults.strikes(Fault.NOTES_LOST)) {
            throw new IOException("No space left on device");
        }
        notes.put(id, text);
    }

    @Override
    public Optional<String> noted(DomainId id) {
        return Optional.ofNullable(notes.get(id));
    }

    @Override
    public Optional<List<String>> secret() {
        return secret;
    }

    @Override
    public void keepSecret(String lease, String text) throws IOException {
        if (faults.strikes(Fault.NOTES_LOST)) {
            throw new IOException("No space left on device");
        }
        secret = Optional.of(List.of(lease, text));
    }
}
