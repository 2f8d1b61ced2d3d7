package io.anemone.agent.save;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.wire.SaveReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Copies in a directory of the test's, and a registry in memory that may misbehave. */
public final class TestSaves implements SaveFiles, SaveUploads {

    private final Map<DomainId, Begun> begun = new HashMap<>();
    private final List<SaveReport> reports = new ArrayList<>();
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private @Nullable Path directory;
    private @Nullable Path made;
    private long room = Long.MAX_VALUE;
    private int refusals;
    private boolean gone;

    public synchronized void in(Path here) {
        directory = here;
    }

    public synchronized void hasRoom(long bytes) {
        room = bytes;
    }

    /** So many calls are lost before one is answered. */
    public synchronized void isAwayFor(int calls) {
        refusals = calls;
    }

    /** From now on nobody wants it. */
    public synchronized void forgets() {
        gone = true;
    }

    public synchronized void hasBegun(DomainId id, Begun what) {
        begun.put(id, what);
    }

    public synchronized List<SaveReport> reports() {
        return List.copyOf(reports);
    }

    public synchronized byte[] taken() {
        return taken.toByteArray();
    }

    /** Whether anything is left on the node. */
    public synchronized boolean left() {
        return !begun.isEmpty() || (made != null && Files.exists(made));
    }

    @Override
    public synchronized Path make(DomainId id, UUID save, long bytes) throws IOException {
        Path here = directory;
        if (here == null) {
            throw new IOException("there is no room");
        }
        begun.put(id, new Begun(save, false));
        Path file = Files.createFile(here.resolve(save + ".qcow2"));
        made = file;
        return file;
    }

    @Override
    public synchronized void noteFreeze(DomainId id) {
        begun.computeIfPresent(id, (key, was) -> new Begun(was.save(), true));
    }

    @Override
    public synchronized Optional<Begun> begun(DomainId id) {
        return Optional.ofNullable(begun.get(id));
    }

    @Override
    public synchronized void remove(DomainId id) throws IOException {
        begun.remove(id);
        if (made != null) {
            Files.deleteIfExists(made);
        }
    }

    @Override
    public synchronized long room() {
        return room;
    }

    @Override
    public synchronized long tell(UUID save, SaveReport report) throws IOException {
        answers();
        reports.add(report);
        return taken.size();
    }

    /** Takes a third of what it is sent: the rest is asked for again. */
    @Override
    public synchronized long send(UUID save, long offset, ByteBuffer piece) throws IOException {
        answers();
        if (offset == taken.size()) {
            byte[] some = new byte[Math.max(1, piece.remaining() / 3)];
            piece.duplicate().get(some);
            taken.writeBytes(some);
        }
        return taken.size();
    }

    private void answers() throws IOException {
        if (gone) {
            throw new GoneException("nobody wants it");
        }
        if (refusals > 0) {
            refusals--;
            throw new IOException("it does not answer");
        }
    }
}
