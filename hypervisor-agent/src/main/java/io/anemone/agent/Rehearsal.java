package io.anemone.agent;

import io.anemone.agent.libvirt.LibvirtHypervisor;
import io.anemone.agent.link.LinkListener;
import io.anemone.agent.link.WebSocketLink;
import io.anemone.agent.link.WireJson;
import io.anemone.core.hypervisor.HypervisorException;
import io.anemone.core.image.ImageContent;
import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageFile;
import io.anemone.core.image.ImageNeeds;
import io.anemone.core.image.ImageTier;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.VmId;
import io.anemone.core.vm.VmSize;
import io.anemone.core.wire.Acceleration;
import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.AgentMode;
import io.anemone.core.wire.AgentPhase;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.Join;
import io.anemone.core.wire.OrchestratorMessage;
import io.anemone.core.wire.VmReport;
import io.anemone.core.wire.WireTypes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What each agent does before its first guest boots, once and without a guest, a job or an orchestrator: the JVM records
 * what that takes (https://openjdk.org/jeps/514), and later agents start with it.
 */
final class Rehearsal {

    /** libvirt's own driver for tests: no daemon, no host. */
    private static final String LIBVIRT = "test:///default";

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final WireJson json = new WireJson();

    void run() throws IOException, InterruptedException {
        messages();
        link();
        libvirt();
    }

    private void messages() throws IOException {
        json.write(hello());
        json.write(new AgentMessage.Report(1, List.of(report()), null));
        json.readValue(json.writeValue(desired()), OrchestratorMessage.Desired.class);
    }

    /** To a port where nobody listens. */
    private void link() throws IOException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        CountDownLatch refused = new CountDownLatch(1);
        LinkListener listener = new LinkListener() {
            @Override
            public AgentMessage.Hello hello() {
                return Rehearsal.hello();
            }

            @Override
            public void received(OrchestratorMessage message) {}

            @Override
            public void disconnected(String why) {
                refused.countDown();
            }
        };
        try (WebSocketLink link = new WebSocketLink(List.of(URI.create("http://127.0.0.1:" + port)), listener, json)) {
            link.start();
            if (!refused.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("a port where nobody listens does not refuse");
            }
        }
    }

    private static void libvirt() throws IOException, InterruptedException {
        try (LibvirtHypervisor hypervisor = new LibvirtHypervisor(LIBVIRT, (spec, origin) -> "", () -> {})) {
            if (!hypervisor.await(LIMIT)) {
                throw new IOException("libvirt is not there: is the package libvirt0 installed?");
            }
            hypervisor.domains();
        } catch (HypervisorException e) {
            throw new IOException("libvirt gives no list of domains: " + e.getMessage(), e);
        }
    }

    private static AgentMessage.Hello hello() {
        Join join = new Join.WithToken(new LeaseId(new UUID(0, 1)), "token");
        return new AgentMessage.Hello(
                WireTypes.PROTOCOL, join, "1", "node", AgentMode.SESSION, Acceleration.KVM, List.of(report()));
    }

    private static VmReport report() {
        return new VmReport(
                new VmId(new UUID(0, 2)),
                1,
                AgentPhase.READY,
                Instant.EPOCH,
                Instant.EPOCH,
                new SshEndpoint("node", 22_000),
                null,
                null,
                "",
                List.of("a warning"),
                false,
                null,
                null,
                List.of());
    }

    private static OrchestratorMessage.Desired desired() {
        ImageFile disk = new ImageFile("disk.qcow2", "0".repeat(64), 1);
        ImageDefinition image = new ImageDefinition(
                "image",
                1,
                "",
                new ImageContent(disk, disk, "", null, null, 0),
                "root",
                new ReadinessProbe(ReadinessProbe.Kind.SSH, LIMIT),
                new ImageNeeds(64, 0, ImageNeeds.Architecture.X86_64),
                ImageTier.GOLDEN);
        DesiredVm vm = new DesiredVm(
                new VmId(new UUID(0, 2)),
                1,
                "web",
                "user",
                image,
                new VmSize(1, 256),
                List.of("ssh-ed25519 AAAA"),
                "#cloud-config",
                Instant.EPOCH,
                GuestOptions.DEFAULT);
        return new OrchestratorMessage.Desired(
                new LeaseId(new UUID(0, 1)),
                1,
                Instant.EPOCH,
                false,
                List.of(vm),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
