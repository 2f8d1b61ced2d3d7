package io.anemone.orchestrator.scheduler.local;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How much of this machine jobs may have. */
record LocalMachine(int cores, long memoryMiB) {

    private static final long MEBIBYTE = 1024 * 1024;

    static LocalMachine of(LocalConfig config) {
        int cores = config.cores().orElseGet(Runtime.getRuntime()::availableProcessors);
        long bytes = config.memory()
                .map(size -> size.asLongValue())
                .orElseGet(() -> ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getTotalMemorySize());
        return new LocalMachine(cores, bytes / MEBIBYTE);
    }
}
