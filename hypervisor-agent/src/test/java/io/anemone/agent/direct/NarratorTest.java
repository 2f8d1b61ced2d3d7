package io.anemone.agent.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.agent.Guests;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.StopReason;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.OrchestratorMessage.Desired;
import io.anemone.core.wire.VmReport;
import io.anemone.testkit.time.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NarratorTest {

    private final SettableClock clock = SettableClock.fixed();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Narrator narrator = new Narrator(new PrintStream(out, true, StandardCharsets.UTF_8), clock);
    private final DomainId id = Guests.id();

    private VmReport report(AgentPhase phase, String message) {
        return new VmReport(
                id.vm(),
                1,
                phase,
                clock.instant(),
                null,
                new SshEndpoint("10.1.2.3", 22042),
                StopReason.GUEST,
                null,
                message,
                List.of("emulated"),
                false,
                null);
    }

    @Test
    void lifeOfAVm_isToldLineByLineAndOnce() {
        // When
        narrator.joined(Guests.LEASE);
        narrator.desired(new Desired(
                Guests.LEASE, 1, clock.instant(), false, List.of(Guests.desired(id)), List.of(), List.of()));
        narrator.changed(List.of(report(AgentPhase.RUNNING, "")));
        narrator.changed(List.of(report(AgentPhase.RUNNING, "")));
        narrator.changed(List.of(report(AgentPhase.READY, "")));
        narrator.changed(List.of(report(AgentPhase.ENDED, "The guest switched itself off")));

        // Then
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(7).allMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d  .*"));
        assertThat(lines.get(1)).contains("VM " + id.vm());
        assertThat(lines.get(4)).endsWith("ssh -p 22042 root@10.1.2.3");
        assertThat(lines.get(5)).contains("READY");
        assertThat(lines.get(6)).contains("The guest switched itself off");
    }

    @Test
    void orchestratorAway_isToldOnce() {
        // When
        narrator.disconnected("refused");
        narrator.disconnected("refused");

        // Then
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    }
}
