package io.anemone.orchestrator.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.orchestrator.request.StorageConfig;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StorageSettingsTest {

    private static <T> T mapped(Class<T> type, Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(type)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(type);
    }

    @Test
    void volumes_defaultsAndNames() {
        VolumeConfig defaults = mapped(VolumeConfig.class, Map.of());
        assertThat(defaults.dir()).isEmpty();
        assertThat(defaults.quota().asLongValue()).isEqualTo(100L << 30);
        assertThat(defaults.maxPerOwner()).isEqualTo(32);

        VolumeConfig set = mapped(
                VolumeConfig.class,
                Map.of(
                        "anemone.volumes.dir", "/v",
                        "anemone.volumes.quota", "1T",
                        "anemone.volumes.max-per-owner", "2"));
        assertThat(set.dir()).contains(Path.of("/v"));
        assertThat(set.quota().asLongValue()).isEqualTo(1L << 40);
        assertThat(set.maxPerOwner()).isEqualTo(2);
    }

    @Test
    void storage_defaultsAndNames() {
        StorageConfig defaults = mapped(StorageConfig.class, Map.of());
        assertThat(defaults.maxRootGib()).isEqualTo(200);
        assertThat(defaults.maxScratchGib()).isEqualTo(500);
        assertThat(defaults.shareRoots()).isEmpty();

        StorageConfig set = mapped(
                StorageConfig.class,
                Map.of(
                        "anemone.storage.max-root-gib", "1",
                        "anemone.storage.max-scratch-gib", "2",
                        "anemone.storage.share-roots", "/a,/home/{owner}"));
        assertThat(set.maxRootGib()).isEqualTo(1);
        assertThat(set.maxScratchGib()).isEqualTo(2);
        assertThat(set.shareRoots()).contains(List.of("/a", "/home/{owner}"));
    }
}
