package io.anemone.orchestrator.flavor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.core.vm.VmSize;
import io.anemone.orchestrator.flavor.FlavorCatalog.Flavor;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlavorCatalogTest {

    private static FlavorCatalog configured(Map<String, String> settings) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(FlavorConfig.class)
                .withDefaultValues(settings)
                .build();
        return new FlavorCatalog(config.getConfigMapping(FlavorConfig.class));
    }

    @Test
    void nothingConfigured_givesTheStandardFlavors() {
        FlavorCatalog catalog = configured(Map.of());

        assertThat(catalog.names()).isEqualTo("micro, nano, small, medium, large, whole-node");
        assertThat(catalog.find("medium"))
                .hasValueSatisfying(flavor -> assertThat(flavor.size()).isEqualTo(new VmSize(2, 2048)));
        assertThat(catalog.find("nano"))
                .hasValueSatisfying(flavor -> assertThat(flavor.cpuPercent()).isEqualTo(25));
        assertThat(catalog.find("whole-node"))
                .hasValueSatisfying(flavor -> assertThat(flavor.wholeNode()).isTrue());
        assertThat(catalog.find("Medium")).isEmpty();
    }

    @Test
    void configuredFlavors_replaceTheStandardOnes() {
        FlavorCatalog catalog = configured(Map.of(
                "anemone.flavors.wide.vcpus", "16",
                "anemone.flavors.wide.memory-mib", "1024",
                "anemone.flavors.wide.description", "many cores",
                "anemone.flavors.wide.cpu-percent", "50",
                "anemone.flavors.tiny.vcpus", "1",
                "anemone.flavors.tiny.memory-mib", "64"));

        assertThat(catalog.names()).isEqualTo("tiny, wide");
        assertThat(catalog.find("wide")).contains(new Flavor("wide", new VmSize(16, 1024), "many cores", 50, false));
        assertThat(catalog.find("micro")).isEmpty();
    }

    @Test
    void moreThanAWholeCore_isRefusedAtTheStart() {
        Map<String, String> settings = Map.of(
                "anemone.flavors.fat.vcpus", "1",
                "anemone.flavors.fat.memory-mib", "64",
                "anemone.flavors.fat.cpu-percent", "101");

        assertThatThrownBy(() -> configured(settings)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void flavorThatNoGuestFits_isRefusedAtTheStart() {
        Map<String, String> settings = Map.of("anemone.flavors.nil.vcpus", "0", "anemone.flavors.nil.memory-mib", "64");

        assertThatThrownBy(() -> configured(settings)).isInstanceOf(IllegalArgumentException.class);
    }
}
