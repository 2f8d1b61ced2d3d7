package io.anemone.orchestrator.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.Goal;
import io.anemone.core.vm.GuestNetwork;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.Hardware;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.Storage;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSize;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.vm.VmState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VmJsonTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** After a restart the files of the site's images are read anew, which takes a while for some gigabytes. */
    @Test
    void readyVmWhoseImageIsNotReadYet_saysWhereToLogInAllTheSame() {
        VmJson json = present(new GuestOptions(
                Hardware.DEFAULT,
                Storage.NONE,
                GuestNetwork.DEFAULT,
                new ReadinessProbe(ReadinessProbe.Kind.AGENT, Duration.ofSeconds(90)),
                "debian"));

        assertThat(json.ssh()).isEqualTo(new VmJson.Ssh("n1", 22_001, "debian"));
        assertThat(json.readiness()).isNotNull().satisfies(readiness -> {
            assertThat(readiness.kind()).isEqualTo(ReadinessProbe.Kind.AGENT);
            assertThat(readiness.timeoutSeconds()).isEqualTo(90);
        });
    }

    @Test
    void vmOfAnOlderVersionWhoseImageIsGone_saysWhatIsKnown() {
        VmJson json = present(GuestOptions.DEFAULT);

        assertThat(json.ssh()).isEqualTo(new VmJson.Ssh("n1", 22_001, null));
        assertThat(json.readiness()).isNull();
    }

    private static VmJson present(GuestOptions options) {
        return VmJson.of(ready(options), options, NOW);
    }

    private static VmRecord ready(GuestOptions options) {
        return new VmRecord(
                new VmId(new UUID(1, 1)),
                new VmSpec(
                        "web",
                        "ada",
                        null,
                        LaunchPath.STATIC,
                        "debian@3",
                        new VmSize(1, 512),
                        null,
                        null,
                        "default",
                        List.of(),
                        null,
                        Map.of(),
                        options),
                Goal.RUN,
                new VmState.Ready(1, new LeaseId(new UUID(1, 2)), new SshEndpoint("n1", 22_001)),
                null,
                new VmTimes(NOW, null, NOW, NOW, null, null),
                new VmOrders(null, null, false),
                null,
                List.of(),
                null,
                List.of(),
                1);
    }
}
