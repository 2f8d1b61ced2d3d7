package io.anemone.orchestrator.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Failure;
import io.anemone.core.image.ImageContent;
import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageFile;
import io.anemone.core.image.ImageNeeds;
import io.anemone.core.image.ImageTier;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.GuestFacts;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.StopReason;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSize;
import io.anemone.core.wire.Acceleration;
import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.AgentMode;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.Inventory;
import io.anemone.core.wire.Join;
import io.anemone.core.wire.OrchestratorMessage;
import io.anemone.core.wire.Prefetch;
import io.anemone.core.wire.Preparation;
import io.anemone.core.wire.Remains;
import io.anemone.core.wire.SaveOrder;
import io.anemone.core.wire.StopOrder;
import io.anemone.core.wire.Stray;
import io.anemone.core.wire.VmReport;
import io.anemone.core.wire.VmUsage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireJsonTest {

    private static final LeaseId LEASE = new LeaseId(UUID.fromString("00000000-0000-0001-0000-000000000002"));
    private static final VmId VM = new VmId(new UUID(3, 4));
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

    private final WireJson json = new WireJson();

    static List<AgentMessage> agentMessages() {
        VmReport report = new VmReport(
                VM,
                1,
                AgentPhase.ENDED,
                AT,
                null,
                new SshEndpoint("n1", 22_000),
                StopReason.GUEST,
                new Failure(ErrorCode.GUEST_CRASHED, "gone"),
                "off",
                List.of("emulated"),
                true,
                new Preparation(Preparation.Step.COPIED, 5, 5, 7));
        Join.VmRequest request = new Join.VmRequest(
                "web", "micro", null, 1, 512, "PT1H", null, List.of("ssh-ed25519 AAAA x"), null, Map.of("a", "b"));
        return List.of(
                hello(new Join.WithToken(LEASE, "t"), List.of(report)),
                hello(new Join.Again(LEASE, "s"), List.of()),
                hello(new Join.Direct("MUNGE:x:", request), List.of()),
                new AgentMessage.Report(
                        7,
                        List.of(report),
                        new Inventory(List.of(new Stray(VM, 2, LEASE, "41")), List.of(new Remains(VM, 1)))),
                new AgentMessage.Console(VM, 1, 65_536, "aGVsbG8="),
                new AgentMessage.Usage(List.of(
                        new VmUsage(VM, 1, Instant.parse("2026-01-02T03:04:05Z"), 7, 1L << 40, null, 3L, null, null))),
                new AgentMessage.Guest(VM, 1, new GuestFacts("web", null, "6.1", List.of("10.0.2.15"), List.of())));
    }

    private static AgentMessage hello(Join join, List<VmReport> vms) {
        return new AgentMessage.Hello(1, join, "42", "n1", AgentMode.SESSION, Acceleration.EMULATION, vms);
    }

    static List<OrchestratorMessage> orchestratorMessages() {
        ImageDefinition image = new ImageDefinition(
                "debian-12",
                3,
                "Debian",
                new ImageContent(
                        new ImageFile("vmlinuz", "0".repeat(64), 1),
                        new ImageFile("initrd.img", "1".repeat(64), 2),
                        "root=/dev/vda",
                        new ImageFile("disk.qcow2", "a".repeat(64), 3L << 30),
                        ImageContent.DiskFormat.QCOW2,
                        3L << 30),
                "debian",
                new ReadinessProbe(ReadinessProbe.Kind.SSH, Duration.ofSeconds(90)),
                new ImageNeeds(512, 3, ImageNeeds.Architecture.X86_64),
                ImageTier.USER);
        DesiredVm vm = new DesiredVm(
                VM,
                2,
                "web",
                "ada",
                image,
                new VmSize(1, 512),
                List.of("ssh-ed25519 AAAA x"),
                "#cloud-config",
                AT,
                GuestOptions.DEFAULT,
                new DesiredVm.Asks(1, AT, null, new SaveOrder(new UUID(5, 6), "ada/mine@1", 1L << 40)));
        return List.of(
                new OrchestratorMessage.Welcome(LEASE, 3, "secret"),
                new OrchestratorMessage.Refused(ErrorCode.LEASE_OVER, "over", false),
                new OrchestratorMessage.Desired(
                        LEASE,
                        3,
                        AT,
                        true,
                        List.of(vm),
                        List.of(new StopOrder(VM, 1, StopReason.USER, 5)),
                        List.of(new Prefetch("debian-12", List.of(new ImageFile("disk.qcow2", "0".repeat(64), 7))))));
    }

    @ParameterizedTest
    @MethodSource("agentMessages")
    void agentMessage_comesBackAsItWas(AgentMessage message) throws IOException {
        assertThat(json.readAgent(json.write(message))).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("orchestratorMessages")
    void orchestratorMessage_comesBackAsItWas(OrchestratorMessage message) throws IOException {
        assertThat(json.readOrchestrator(json.write(message))).isEqualTo(message);
    }

    @Test
    void token_hasTheFormOfTheProtocol() {
        assertThat(json.write(hello(new Join.WithToken(LEASE, "t"), List.of())))
                .startsWith("{\"type\":\"hello\",\"body\":{\"protocol\":1,\"join\":{\"type\":\"token\",\"body\":"
                        + "{\"lease\":\"00000000-0000-0001-0000-000000000002\",\"token\":\"t\"}}");
    }

    @Test
    void newerAgentsExtraField_isPassedOver() throws IOException {
        assertThat(json.readAgent("{\"type\":\"report\",\"body\":{\"epoch\":1,\"vms\":[],\"mood\":\"good\"}}"))
                .isEqualTo(new AgentMessage.Report(1, List.of(), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "not json, but s3cret",
                "{\"type\":\"welcome\",\"body\":{}}",
                "{\"type\":\"report\",\"body\":{\"epoch\":1}}",
                "{\"type\":\"report\",\"body\":{\"vms\":[]}}",
                "{\"type\":\"report\"}",
                "{\"type\":\"report\",\"body\":{\"epoch\":1,\"vms\":[],\"inventory\":{}}}",
                "{\"type\":\"report\",\"body\":{\"epoch\":1,\"vms\":[],\"inventory\":{\"strays\":[{}],\"remains\":[]}}}",
                "{\"type\":\"hello\",\"body\":{\"protocol\":1,\"join\":{\"type\":\"token\",\"body\":"
                        + "{\"lease\":\"s3cret\",\"token\":\"s3cret\"}}}}"
            })
    void nonsense_isRefusedWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> json.readAgent(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a message of the protocol")
                .hasMessageNotContaining("s3cret");
    }
}
