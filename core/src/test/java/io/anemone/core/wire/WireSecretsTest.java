package io.anemone.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.scheduler.JobRequest;
import io.anemone.core.vm.VmId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whatever ends up in a log line by way of {@code toString} holds no secret. */
class WireSecretsTest {

    private static final LeaseId LEASE = new LeaseId(new UUID(7, 1));
    private static final String SECRET = "hush-hush";
    private static final Join.VmRequest REQUEST =
            new Join.VmRequest(null, null, null, null, null, null, null, null, SECRET, null);

    private static final StreamOrder ORDER =
            new StreamOrder(new UUID(7, 2), new VmId(new UUID(7, 3)), 1, StreamKind.SSH, "http://head", SECRET);

    @Test
    void whatCarriesASecret_doesNotPrintIt() {
        List<Object> carriers = List.of(
                new Join.WithToken(LEASE, SECRET),
                new Join.Again(LEASE, SECRET),
                new Join.Direct(SECRET, REQUEST),
                new OrchestratorMessage.Welcome(LEASE, 1, SECRET),
                new OrchestratorMessage.Streams(1, List.of(ORDER)),
                new StreamHello(ORDER.stream(), SECRET, null),
                new AgentMessage.Hello(
                        1, new Join.Again(LEASE, SECRET), "42", "n1", AgentMode.SESSION, null, List.of()),
                new JobRequest(
                        "name", "owner", null, null, 1, 1, Duration.ofHours(1), false, "", Map.of("TOKEN", SECRET)));

        assertThat(carriers)
                .allSatisfy(carrier -> assertThat(carrier.toString()).doesNotContain(SECRET));
    }
}
