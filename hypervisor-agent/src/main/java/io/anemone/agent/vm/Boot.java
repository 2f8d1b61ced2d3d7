package io.anemone.agent.vm;

import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.wire.DesiredVm;
import java.time.Instant;

/**
 * A guest's way from a running domain to the evidence that it can be used.
 *
 * @param since when the domain was first seen running
 */
record Boot(ReadinessCheck check, Instant since) {

    /** There is the evidence. Takes as long as the check. */
    boolean over(DesiredVm vm, DomainMark mark) {
        return check.ready(vm.image().readiness().kind(), mark.ssh());
    }

    /** Its image's guests have usually been up by now. */
    boolean late(DesiredVm vm, Instant now) {
        ReadinessProbe probe = vm.image().readiness();
        return now.isAfter(since.plus(probe.timeout()));
    }

    /**
     * Nothing of its owner's runs in it yet, and it would not hear that it shall shut down. One that is late may be up
     * without an answer to the probe.
     */
    boolean lasts(DesiredVm vm, DomainMark mark, Instant now) {
        return !late(vm, now) && !over(vm, mark);
    }
}
