package io.anemone.orchestrator.flavor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.core.vm.VmSize;
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

        assertThat(catalog.names()).isEqualTo("micro, small, medium, large");
        assertThat(catalog.find("medium")).contains(new VmSize(2, 2048));
        assertThat(catalog.find("Medium")).isEmpty();
    }

    @Test
    void configuredFlavors_replaceTheStandardOnes() {
        FlavorCatalog catalog = configured(Map.of(
                "anemone.flavors.wide.vcpus", "16",
                "anemone.flavors.wide.memory-mib", "1024",
                "anemone.flavors.tiny.vcpus", "1",
                "anemone.flavors.tiny.memory-mib", "64"));

        assertThat(catalog.names()).isEqualTo("tiny, wide");
        assertThat(catalog.find("wide")).contains(new VmSize(16, 1024));
        assertThat(catalog.find("micro")).isEmpty();
    }

    @Test
    void flavorThatNoGuestFits_isRefusedAtTheStart() {
        Map<String, String> settings = Map.of("anemone.flavors.nil.vcpus", "0", "anemone.flavors.nil.memory-mib", "64");

        assertThatThrownBy(() -> configured(settings)).isInstanceOf(IllegalArgumentException.class);
    }
}
