package io.anemone.core.orders;

import io.anemone.core.plan.VmView;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSize;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** VMs as tests need them. */
final class Vms {

    static final Instant STARTED = Instant.parse("2026-01-01T00:00:03Z");

    private Vms() {}

    static VmOnLease in(VmState state) {
        return of(LaunchPath.STATIC, null, state);
    }

    static VmOnLease of(LaunchPath path, @Nullable Duration walltime, VmState state) {
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
                Map.of(),
                GuestOptions.DEFAULT);
        return new VmOnLease(new VmView(new VmId(UUID.randomUUID()), spec, Goal.RUN, state), STARTED);
    }
}
