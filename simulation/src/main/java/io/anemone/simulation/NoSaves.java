package io.anemone.simulation;

import io.anemone.agent.save.SaveFiles;
import io.anemone.agent.save.SaveUploads;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.wire.SaveReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** Nobody saves disks as images here: it changes no state that is simulated. */
final class NoSaves implements SaveFiles, SaveUploads {

    @Override
    public Path make(DomainId id, UUID save, long bytes) throws IOException {
        throw new IOException("no disk is saved here");
    }

    @Override
    public void noteFreeze(DomainId id) {}

    @Override
    public Optional<Begun> begun(DomainId id) {
        return Optional.empty();
    }

    @Override
    public void remove(DomainId id) {}

    @Override
    public long room() {
        return 0;
    }

    @Override
    public long tell(UUID save, SaveReport report) throws IOException {
        throw new GoneException("nobody asked for it");
    }

    @Override
    public long send(UUID save, long offset, ByteBuffer piece) throws IOException {
        throw new GoneException("nobody asked for it");
    }
}
