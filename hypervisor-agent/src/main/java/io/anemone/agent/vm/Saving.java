package io.anemone.agent.vm;

import io.anemone.agent.save.DiskSave;
import io.anemone.agent.save.SaveFiles;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.wire.SaveOrder;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Has a guest's disk saved once for each order, one after the other, on threads that nothing waits for. What an earlier
 * agent had begun came to nothing: it is cleaned up, and its guest let go on. Called by one thread only.
 */
final class Saving {

    private static final System.Logger LOG = System.getLogger(Saving.class.getName());

    private final DomainId id;
    private final VmParts parts;
    private boolean known;
    private @Nullable UUID done;
    private @Nullable DiskSave work;

    Saving(DomainId id, VmParts parts) {
        this.id = id;
        this.parts = parts;
    }

    /** @param order null if none is wanted */
    void step(@Nullable SaveOrder order) {
        DiskSave current = work;
        if (current != null) {
            if (order == null || !order.save().equals(current.id())) {
                current.giveUp("It is not wanted any more");
            }
            work = current.over() ? null : current;
        } else if (order != null && !order.save().equals(done)) {
            begin(parts.saves().save(id, order));
        }
    }

    /** As soon as the guest is seen, whatever is wanted of it: it may stand still. */
    void cleanUpAfterAnother() {
        if (known) {
            return;
        }
        try {
            Optional<SaveFiles.Begun> begun = parts.saves().files().begun(id);
            known = true;
            begun.ifPresent(save -> begin(parts.saves().interrupted(id, save)));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "not known what was saved " + parts.identity(id.vm()) + ": " + e.getMessage());
        }
    }

    /** @return whether nothing is under way any more */
    boolean giveUp(String why) {
        DiskSave current = work;
        if (current == null) {
            return true;
        }
        current.giveUp(why);
        return current.over();
    }

    private void begin(DiskSave fresh) {
        known = true;
        done = fresh.id();
        work = fresh;
        parts.threads().start(fresh::run);
    }
}
