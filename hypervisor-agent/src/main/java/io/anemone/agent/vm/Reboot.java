package io.anemone.agent.vm;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.HypervisorException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reboots a guest once for each order, which is noted before it is carried out: an agent that dies in between does not do
 * it twice. The guest is asked first, and reset when it has not obeyed in time. It is done when the guest shows anew that
 * it can be used, or has had its time for that. Called by one thread only.
 */
final class Reboot {

    private static final System.Logger LOG = System.getLogger(Reboot.class.getName());
    static final Duration GRACE = Duration.ofSeconds(20);

    private sealed interface UnderWay {}

    private record Asked(Instant order, int rebootsBefore, Instant resetAt) implements UnderWay {}

    private record Booting(Instant order, Boot boot) implements UnderWay {}

    private final DomainId id;
    private final VmParts parts;
    private final ReportCard card;
    private boolean known;
    private @Nullable Instant done;
    private @Nullable UnderWay underWay;

    Reboot(DomainId id, VmParts parts, ReportCard card) {
        this.id = id;
        this.parts = parts;
        this.card = card;
    }

    /** Its guest starts now: what was ordered before is done by that. */
    void startsWith(@Nullable Instant order) throws IOException {
        if (order != null) {
            parts.files().noteReboot(id, order);
        }
    }

    /**
     * @param boot watches a boot that begins now
     * @return whether it is being rebooted
     */
    boolean step(@Nullable Instant order, Instant now, Supplier<Boot> boot) {
        try {
            remember();
            UnderWay current = underWay;
            if (current != null) {
                switch (current) {
                    case Asked asked -> goOn(asked, now, boot);
                    case Booting booting -> goOn(booting, now);
                }
            } else if (order != null && !order.equals(done)) {
                begin(order, now);
            }
        } catch (IOException | HypervisorException e) {
            LOG.log(Level.WARNING, "cannot reboot it yet " + parts.identity(id.vm()) + ": " + e.getMessage());
        }
        return underWay != null;
    }

    private void remember() throws IOException {
        if (!known) {
            done = parts.files().rebooted(id).orElse(null);
            known = true;
            if (done != null) {
                card.rebooted(done);
            }
        }
    }

    private void begin(Instant order, Instant now) throws IOException {
        parts.files().noteReboot(id, order);
        underWay = new Asked(order, parts.hypervisor().reboots(id), now.plus(GRACE));
        done = order;
        parts.hypervisor().reboot(id);
    }

    private void goOn(Asked current, Instant now, Supplier<Boot> boot) {
        if (parts.hypervisor().reboots(id) == current.rebootsBefore()) {
            if (now.isBefore(current.resetAt())) {
                return;
            }
            parts.hypervisor().reset(id);
        }
        Booting booting = new Booting(current.order(), boot.get());
        underWay = booting;
        goOn(booting, now);
    }

    private void goOn(Booting current, Instant now) {
        boolean over = current.boot().over();
        if (over || current.boot().late(now)) {
            underWay = null;
            if (!over) {
                card.warn("rebooted, and " + current.boot().complaint());
            }
            card.rebooted(current.order());
        }
    }
}
