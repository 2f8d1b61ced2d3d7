package io.anemone.orchestrator.flavor;

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
            new Flavor("micro", new VmSize(1, 256)),
            new Flavor("small", new VmSize(1, 512)),
            new Flavor("medium", new VmSize(2, 2048)),
            new Flavor("large", new VmSize(4, 3072)));

    /** A size with a name. */
    public record Flavor(String name, VmSize size) {}

    private final List<Flavor> flavors;

    public FlavorCatalog(FlavorConfig config) {
        List<Flavor> configured = config.byName().entrySet().stream()
                .map(FlavorCatalog::flavor)
                .sorted(Comparator.comparing((Flavor flavor) -> flavor.size().memoryMiB())
                        .thenComparing(Flavor::name))
                .toList();
        this.flavors = configured.isEmpty() ? STANDARD : configured;
    }

    private static Flavor flavor(Map.Entry<String, FlavorConfig.Size> entry) {
        return new Flavor(
                entry.getKey(),
                new VmSize(entry.getValue().vcpus(), entry.getValue().memoryMib()));
    }

    /** All, smallest first. */
    public List<Flavor> all() {
        return flavors;
    }

    public Optional<VmSize> find(String name) {
        return flavors.stream()
                .filter(flavor -> flavor.name().equals(name))
                .map(Flavor::size)
                .findFirst();
    }

    /** For messages. */
    public String names() {
        return flavors.stream().map(Flavor::name).collect(Collectors.joining(", "));
    }
}
