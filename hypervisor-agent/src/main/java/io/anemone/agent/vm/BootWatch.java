package io.anemone.agent.vm;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.wire.Acceleration;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.DesiredVm;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Watches a guest from the moment that its domain runs until it can be used. Called by one thread only. */
final class BootWatch {

    /** What a look has shown. */
    sealed interface Look {

        /** It is booting: look again soon. */
        record Booting() implements Look {}

        /** It can be used, nothing is known of how that shows, or it is late and may take what time it wants. */
        record Calm() implements Look {}

        /** It was not ready in its time, and its image wants it ended then. */
        record TooLate(Failure failure) implements Look {}
    }

    private final DomainId id;
    private final VmParts parts;
    private final ReportCard card;
    private Instant runningSince = Instant.MIN;
    private @Nullable Boot boot;

    BootWatch(DomainId id, VmParts parts, ReportCard card) {
        this.id = id;
        this.parts = parts;
        this.card = card;
    }

    /** Its domain was seen running. */
    void running(DomainMark mark) {
        if (card.report().phase().compareTo(AgentPhase.RUNNING) >= 0) {
            return;
        }
        runningSince = parts.clock().instant();
        if (parts.acceleration().get() == Acceleration.EMULATION) {
            card.warn("emulated: KVM does not work on this node");
        }
        card.running(mark.startedAt(), mark.ssh(), mark.ports());
    }

    /** @param vm null while an adopted domain's orders have not come: nothing is known of how it shows to be usable */
    Look look(DomainMark mark, @Nullable DesiredVm vm, Instant now) {
        Boot watched = boot(mark, vm);
        if (watched == null) {
            return new Look.Calm();
        }
        if (watched.over()) {
            card.ready(parts.clock().instant());
            return new Look.Calm();
        }
        return watched.late(now) ? late(watched) : new Look.Booting();
    }

    private Look late(Boot watched) {
        if (card.report().adopted()) {
            // It may have been ready long ago, and its console been cut since: the orchestrator knows.
            return new Look.Calm();
        }
        return switch (watched.probe().onTimeout()) {
            case TELL -> {
                card.warn(watched.complaint());
                yield new Look.Calm();
            }
            case FAIL ->
                new Look.TooLate(new Failure(
                        ErrorCode.GUEST_NOT_READY,
                        "The guest was " + watched.complaint() + " " + parts.identity(id.vm())));
        };
    }

    /** One that an earlier agent started may have been up already, whatever it answers now. */
    boolean booting(DomainMark mark, @Nullable DesiredVm vm, Instant now) {
        if (card.report().phase() != AgentPhase.RUNNING || card.report().adopted()) {
            return false;
        }
        Boot watched = boot(mark, vm);
        return watched != null && watched.lasts(now);
    }

    /** Of a boot that begins now, while the domain goes on. */
    Boot anew(DomainMark mark, ReadinessProbe probe, Instant now) {
        return new Boot(probe, parts.readiness().at(mark, probe), now);
    }

    private @Nullable Boot boot(DomainMark mark, @Nullable DesiredVm vm) {
        if (boot == null && vm != null) {
            boot = anew(mark, vm.probe(), runningSince);
        }
        return boot;
    }
}
