package io.anemone.agent.save;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.Hypervisor;
import io.anemone.core.wire.SaveOrder;
import java.time.Clock;

/** What every {@link DiskSave} of an agent shares. */
public record DiskSaves(SaveFiles files, SaveUploads uploads, Hypervisor hypervisor, Clock clock) {

    /** Its {@link DiskSave#run} is to be called on a thread that nothing else waits for. */
    public DiskSave save(DomainId id, SaveOrder order) {
        return new DiskSave(this, id, order.save(), false, order);
    }

    /** Cleans up what an earlier agent had begun, and says that it came to nothing. */
    public DiskSave interrupted(DomainId id, SaveFiles.Begun begun) {
        return new DiskSave(this, id, begun.save(), begun.frozen(), null);
    }
}
