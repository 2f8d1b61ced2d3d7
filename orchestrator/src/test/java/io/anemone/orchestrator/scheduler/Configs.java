package io.anemone.orchestrator.scheduler;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Reads a configuration from nothing but its defaults and these values. */
public final class Configs {

    private Configs() {}

    public static <T> T of(Class<T> mapping, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("user.home", "/home/me");
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(mapping)
                .withDefaultValues(all)
                .build()
                .getConfigMapping(mapping);
    }
}
