package io.anemone.core.plan;

import io.anemone.core.breaker.Breaker;
import io.anemone.core.breaker.Breakers;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseState;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets VMs through to nodes, images and partitions whose breakers allow it. What is half open is tried by one VM at a
 * time: those that are on their way already count, and so does each that this plan lets through.
 */
final class Gate {

    private static final String DEFAULT_PARTITION = "";

    private final Breakers breakers;
    private final Set<String> triedImages = new HashSet<>();
    private final Set<String> triedPartitions = new HashSet<>();
    private final Set<String> triedNodes = new HashSet<>();
    private final Set<String> nodes;

    Gate(Breakers breakers, Snapshot snapshot) {
        this.breakers = breakers;
        Map<LeaseId, LeaseState> leases = new HashMap<>();
        snapshot.leases().forEach(lease -> leases.put(lease.id(), lease.state()));
        this.nodes = leases.values().stream()
                .map(LeaseState::node)
                .filter(node -> node != null)
                .collect(Collectors.toSet());
        snapshot.vms().stream().filter(vm -> onItsWay(vm.state())).forEach(vm -> {
            LeaseState lease = leases.get(vm.state().lease());
            tried(vm.spec(), lease == null ? null : lease.node());
        });
    }

    private static boolean onItsWay(VmState state) {
        return switch (state) {
            case VmState.Queued s -> true;
            case VmState.Placed s -> true;
            case VmState.Preparing s -> true;
            case VmState.Booting s -> true;
            case VmState.Pending s -> false;
            case VmState.Running s -> false;
            case VmState.Ready s -> false;
            case VmState.Suspending s -> false;
            case VmState.Suspended s -> false;
            case VmState.Stopping s -> false;
            case VmState.Stopped s -> false;
            case VmState.Failed s -> false;
        };
    }

    /** Why this VM must wait; empty if it may be launched. */
    Optional<String> holds(VmSpec spec) {
        Optional<String> image = shut("image " + spec.image(), breakers.image(spec.image()), triedImages, spec.image());
        return image.isPresent() || spec.path() == LaunchPath.STATIC
                ? image
                : shut(
                        spec.partition() == null ? "the default partition" : "partition " + spec.partition(),
                        breakers.partition(spec.partition()),
                        triedPartitions,
                        partition(spec));
    }

    private static Optional<String> shut(String what, Breaker breaker, Set<String> tried, String key) {
        return switch (breaker) {
            case Breaker.Closed closed -> Optional.empty();
            case Breaker.Open open ->
                Optional.of("Waiting: the last " + open.failures() + " starts with " + what + " failed ("
                        + open.last() + "). The next is tried at "
                        + open.until().truncatedTo(ChronoUnit.SECONDS) + ".");
            case Breaker.HalfOpen half ->
                tried.contains(key)
                        ? Optional.of("Waiting: the last " + half.failures() + " starts with " + what + " failed ("
                                + half.last() + "). Another VM tries it now.")
                        : Optional.empty();
        };
    }

    /** A VM goes this way. */
    void tried(VmSpec spec, @Nullable String node) {
        triedImages.add(spec.image());
        triedPartitions.add(partition(spec));
        if (node != null) {
            triedNodes.add(node);
        }
    }

    boolean lets(String node) {
        return switch (breakers.node(node)) {
            case Breaker.Closed closed -> true;
            case Breaker.Open open -> false;
            case Breaker.HalfOpen half -> !triedNodes.contains(node);
        };
    }

    boolean hasFailed(VmId vm, @Nullable String node) {
        return node != null && breakers.failedNodes(vm).contains(node);
    }

    /** The nodes that nothing new shall be started on. */
    Set<String> shutNodes() {
        Set<String> shut = new HashSet<>(breakers.openNodes());
        nodes.stream().filter(node -> !lets(node)).forEach(shut::add);
        return shut;
    }

    /** The nodes that this VM shall not be started on. */
    Set<String> avoidedBy(VmId vm) {
        Set<String> avoided = shutNodes();
        avoided.addAll(breakers.failedNodes(vm));
        return avoided;
    }

    private static String partition(VmSpec spec) {
        return spec.partition() == null ? DEFAULT_PARTITION : spec.partition();
    }
}
