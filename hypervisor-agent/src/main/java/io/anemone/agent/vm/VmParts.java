package io.anemone.agent.vm;

import io.anemone.agent.files.GuestFiles;
import io.anemone.agent.files.Ports;
import io.anemone.agent.files.SavedGuests;
import io.anemone.agent.link.WireJson;
import io.anemone.agent.node.NodeShare;
import io.anemone.agent.save.DiskSaves;
import io.anemone.core.hypervisor.Hypervisor;
import io.anemone.core.wire.Acceleration;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What every VM's supervisor of an agent shares.
 *
 * @param acceleration may take as long as the probe of the node does
 * @param threads      where the work is done
 * @param job          the scheduler's id of the job
 * @param node         the node's name
 * @param share        what else of it is given out
 */
public record VmParts(
        Hypervisor hypervisor,
        GuestFiles files,
        SavedGuests saved,
        DiskSaves saves,
        Ports ports,
        ReadinessCheck readiness,
        Supplier<Acceleration> acceleration,
        VmThreads threads,
        Clock clock,
        WireJson json,
        String job,
        String node,
        NodeShare share) {

    /** Nothing of the node is given out but files and ports. */
    public VmParts(
            Hypervisor hypervisor,
            GuestFiles files,
            SavedGuests saved,
            DiskSaves saves,
            Ports ports,
            ReadinessCheck readiness,
            Supplier<Acceleration> acceleration,
            VmThreads threads,
            Clock clock,
            WireJson json,
            String job,
            String node) {
        this(
                hypervisor,
                files,
                saved,
                saves,
                ports,
                readiness,
                acceleration,
                threads,
                clock,
                json,
                job,
                node,
                NodeShare.plain());
    }

    String identity(io.anemone.core.vm.VmId vm) {
        return "(vm: " + vm + ", node: " + node + ", job: " + job + ")";
    }
}
