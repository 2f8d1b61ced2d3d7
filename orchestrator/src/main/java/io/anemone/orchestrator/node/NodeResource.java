package io.anemone.orchestrator.node;

import io.anemone.core.breaker.Breakers;
import io.anemone.core.scheduler.Cluster;
import io.anemone.core.scheduler.PartitionView;
import io.anemone.orchestrator.breaker.StartStore;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.lease.LeaseJson;
import io.anemone.orchestrator.lease.VisibleLeases;
import io.anemone.orchestrator.request.ApiV1;
import io.anemone.orchestrator.vm.VmFilter;
import io.anemone.orchestrator.vm.VmQuery;
import io.anemone.orchestrator.vm.VmRecord;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The cluster as the scheduler describes it, with what Anemone runs on it. */
@Path("/")
@Tag(name = "Site")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "401", ref = ApiV1.UNAUTHENTICATED)
@APIResponse(responseCode = "500", ref = ApiV1.INTERNAL)
@APIResponse(responseCode = "503", ref = ApiV1.UNAVAILABLE)
public class NodeResource {

    private static final int MAX_VMS = 10_000;

    private final ClusterView cluster;
    private final VisibleLeases leases;
    private final VmQuery vms;
    private final StartStore starts;
    private final SecurityIdentity identity;

    NodeResource(ClusterView cluster, VisibleLeases leases, VmQuery vms, StartStore starts, SecurityIdentity identity) {
        this.cluster = cluster;
        this.leases = leases;
        this.vms = vms;
        this.starts = starts;
        this.identity = identity;
    }

    @GET
    @Path("nodes")
    @Operation(
            summary = "List nodes",
            description = "As the scheduler described them at `takenAt`: old if it does not answer at the moment.")
    @APIResponse(responseCode = "200", description = "The nodes")
    public NodeJson.All nodes() {
        Cluster known = cluster.current();
        Caller caller = Caller.of(identity);
        Map<String, List<String>> leasesByNode = leases.list(caller, true).stream()
                .filter(lease -> lease.node() != null)
                .collect(Collectors.groupingBy(
                        lease -> String.valueOf(lease.node()), Collectors.mapping(LeaseJson::id, Collectors.toList())));
        Map<String, List<NodeJson.Vm>> vmsByNode = live(caller).stream()
                .collect(Collectors.groupingBy(
                        NodeResource::node, Collectors.mapping(NodeJson.Vm::of, Collectors.toList())));
        Breakers breakers = starts.breakers();
        return new NodeJson.All(
                known.takenAt(),
                known.nodes().stream()
                        .map(node -> NodeJson.of(
                                node,
                                breakers.node(node.name()),
                                leasesByNode.getOrDefault(node.name(), List.of()),
                                vmsByNode.getOrDefault(node.name(), List.of())))
                        .toList());
    }

    @GET
    @Path("partitions")
    @Operation(summary = "List partitions")
    @APIResponse(responseCode = "200", description = "The partitions")
    public PartitionJson.All partitions() {
        return new PartitionJson.All(cluster.current().partitions().stream()
                .map(NodeResource::partition)
                .toList());
    }

    private static PartitionJson partition(PartitionView partition) {
        Duration most = partition.maxWalltime();
        return new PartitionJson(partition.name(), partition.isDefault(), most == null ? null : most.toString());
    }

    /** The VMs that have a node and that the caller may see. */
    private List<VmRecord> live(Caller caller) {
        String owner = caller.operator() ? null : caller.name();
        return vms.list(new VmFilter(owner, null, null, true, null, MAX_VMS)).stream()
                .filter(vm -> !node(vm).isEmpty())
                .toList();
    }

    /** Empty while it has none. */
    private static String node(VmRecord vm) {
        String node = vm.lease() == null ? null : vm.lease().state().node();
        return node == null ? "" : node;
    }
}
