package io.anemone.orchestrator.flavor;

import io.anemone.core.vm.Hardware;
import io.anemone.core.vm.VmSize;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sizes that have a name on this site. */
@ApplicationScoped
public class FlavorCatalog {

    /** The flavors of a site that configures none. */
    public static final List<Flavor> STANDARD = List.of(
            new Flavor("micro", new VmSize(1, 256), "one core and little memory", Hardware.WHOLE_CORE, false),
            new Flavor("nano", new VmSize(1, 256), "a quarter of a core in a pool, to try something out", 25, false),
            new Flavor("small", new VmSize(1, 512), "one core", Hardware.WHOLE_CORE, false),
            new Flavor("medium", new VmSize(2, 2048), "two cores", Hardware.WHOLE_CORE, false),
            new Flavor("large", new VmSize(4, 3072), "four cores", Hardware.WHOLE_CORE, false),
            new Flavor("whole-node", new VmSize(1, 512), "all that a node has", Hardware.WHOLE_CORE, true));

    /**
     * A size with a name.
     *
     * @param size       with {@code wholeNode}, the least
     * @param cpuPercent how much of a core each processor counts for in a pool
     * @param wholeNode  whether it is all that its job grants
     */
    public record Flavor(String name, VmSize size, String description, int cpuPercent, boolean wholeNode) {

        public Flavor {
            if (cpuPercent < 1 || cpuPercent > Hardware.WHOLE_CORE) {
                throw new IllegalArgumentException(
                        "The flavor " + name + " has a cpu-percent of " + cpuPercent + ": give 1 to 100.");
            }
        }
    }

    private final List<Flavor> flavors;

    public FlavorCatalog(FlavorConfig config) {
        List<Flavor> configured = config.byName().entrySet().stream()
                .map(FlavorCatalog::flavor)
                .sorted(Comparator.comparing(Flavor::wholeNode)
                        .thenComparing(flavor -> flavor.size().memoryMiB())
                        .thenComparing(Flavor::name))
                .toList();
        this.flavors = configured.isEmpty() ? STANDARD : configured;
    }

    private static Flavor flavor(Map.Entry<String, FlavorConfig.Size> entry) {
        FlavorConfig.Size size = entry.getValue();
        return new Flavor(
                entry.getKey(),
                new VmSize(size.vcpus(), size.memoryMib()),
                size.description().orElse(""),
                size.cpuPercent(),
                size.wholeNode());
    }

    /** All, smallest first, whole nodes last. */
    public List<Flavor> all() {
        return flavors;
    }

    public Optional<Flavor> find(String name) {
        return flavors.stream().filter(flavor -> flavor.name().equals(name)).findFirst();
    }

    /** For messages. */
    public String names() {
        return flavors.stream().map(Flavor::name).collect(Collectors.joining(", "));
    }
}
