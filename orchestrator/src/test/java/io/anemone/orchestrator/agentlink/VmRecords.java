package io.anemone.orchestrator.agentlink;

import io.anemone.core.vm.Goal;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSize;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import io.anemone.orchestrator.vm.VmRecord;
import io.anemone.orchestrator.vm.VmTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** VMs as tests need them. */
final class VmRecords {

    static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant STARTED = CREATED.plusSeconds(3);

    private VmRecords() {}

    static VmRecord in(VmState state) {
        return of(LaunchPath.STATIC, null, state);
    }

    static VmRecord of(LaunchPath path, @Nullable Duration walltime, VmState state) {
        VmSpec spec = new VmSpec(
                "web",
                "ada",
                null,
                path,
                "micro",
                new VmSize(1, 256),
                walltime,
                null,
                "default",
                List.of(),
                null,
                Map.of());
        VmTimes times = new VmTimes(CREATED, null, STARTED, null, null);
        return new VmRecord(new VmId(UUID.randomUUID()), spec, Goal.RUN, state, null, times, null, List.of(), 0);
    }
}
