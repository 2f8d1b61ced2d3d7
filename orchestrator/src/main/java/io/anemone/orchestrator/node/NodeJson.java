package io.anemone.orchestrator.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.anemone.core.breaker.Breaker;
import io.anemone.core.scheduler.NodeView;
import io.anemone.core.vm.Phase;
import io.anemone.orchestrator.vm.VmRecord;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A node as the API tells it. */
@Schema(name = "Node")
record NodeJson(
        @Schema(examples = "n1") String name,

        @Schema(description = "The scheduler's own word", examples = "mixed")
        String state,

        @Schema(description = "Whether new jobs can start on it")
        boolean available,

        int cores,
        long memoryMiB,
        @Schema(description = "Held by jobs of any kind") int allocatedCores,
        @Schema(description = "Held by jobs of any kind") long allocatedMemoryMiB,
        List<String> partitions,

        @Schema(description = "Not there unless starts on it failed one after the other")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        NodeRest rest,

        @Schema(description = "Ids of the leases on it that you may see")
        List<String> leases,

        @Schema(description = "The VMs on it that you may see")
        List<Vm> vms) {

    /** A VM, in short. */
    @Schema(name = "NodeVm")
    record Vm(@Schema(format = "uuid") String id, String name, String owner, Phase phase) {

        static Vm of(VmRecord vm) {
            return new Vm(vm.id().toString(), vm.spec().name(), vm.spec().owner(), vm.phase());
        }
    }

    /** All nodes. */
    @Schema(name = "Nodes")
    record All(
            @Schema(description = "When the scheduler said so")
            Instant takenAt,

            List<NodeJson> items) {}

    static NodeJson of(NodeView node, Breaker breaker, List<String> leases, List<Vm> vms) {
        return new NodeJson(
                node.name(),
                node.state(),
                node.available(),
                node.cores(),
                node.memoryMiB(),
                node.allocatedCores(),
                node.allocatedMemoryMiB(),
                node.partitions(),
                NodeRest.of(breaker),
                leases,
                vms);
    }
}
