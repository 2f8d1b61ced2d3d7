package io.anemone.agent.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.anemone.agent.Guests;
import io.anemone.agent.link.WireJson;
import io.anemone.agent.stub.StubStreams;
import io.anemone.agent.vm.MemoryGuestFiles;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainSpec.Consoles;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.wire.StreamHello;
import io.anemone.core.wire.StreamKind;
import io.anemone.core.wire.StreamOrder;
import io.anemone.core.wire.WireTypes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // made before each test
class WebSocketStreamsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Far more than all buffers on the way together. */
    private static final int MUCH = 64 << 20;

    private final DomainId id = Guests.id();

    @TempDir
    Path directory;

    private StubStreams orchestrator;
    private ServerSocket guest;
    private WebSocketStreams streams;

    @BeforeEach
    void start() throws Exception {
        orchestrator = new StubStreams();
        guest = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Consoles consoles = new Consoles(
                directory.resolve("log").toString(),
                directory.resolve("serial").toString(),
                directory.resolve("vnc").toString());
        streams = new WebSocketStreams(new MemoryGuestFiles(consoles), new WireJson());
    }

    @AfterEach
    void stop() throws Exception {
        orchestrator.close();
        guest.close();
    }

    private StreamOrder order(StreamKind kind) {
        return new StreamOrder(
                UUID.randomUUID(),
                id.vm(),
                id.attempt(),
                kind,
                orchestrator.url().toString(),
                "the-token");
    }

    private SshEndpoint ssh() {
        return new SshEndpoint("127.0.0.1", guest.getLocalPort());
    }

    private Socket openSsh() throws Exception {
        streams.open(order(StreamKind.SSH), ssh());
        Socket accepted = guest.accept();
        orchestrator.text();
        return accepted;
    }

    @Test
    void ssh_isBroughtToTheOrchestratorThatAsked_andBytesGoBothWays() throws Exception {
        // Given
        StreamOrder order = order(StreamKind.SSH);

        // When
        streams.open(order, ssh());

        // Then
        try (Socket accepted = guest.accept()) {
            StreamHello hello = new WireJson().readValue(orchestrator.text(), StreamHello.class);
            assertThat(hello).isEqualTo(new StreamHello(order.stream(), "the-token", null));
            assertThat(orchestrator.paths()).containsExactly(WireTypes.STREAM_PATH);
            accepted.getOutputStream().write("SSH-2.0-guest\r\n".getBytes(UTF_8));
            assertThat(orchestrator.until("guest\r\n")).isEqualTo("SSH-2.0-guest\r\n");
            orchestrator.send("SSH-2.0-user\r\n".getBytes(UTF_8));
            assertThat(accepted.getInputStream().readNBytes(14)).isEqualTo("SSH-2.0-user\r\n".getBytes(UTF_8));
        }
    }

    @Test
    void orderThatIsRepeated_isCarriedOutOnce() throws Exception {
        // Given
        StreamOrder order = order(StreamKind.SSH);

        // When
        streams.open(order, ssh());
        streams.open(order, ssh());

        // Then
        try (Socket accepted = guest.accept()) {
            orchestrator.text();
            assertThat(accepted.isConnected()).isTrue();
            assertThat(orchestrator.paths()).hasSize(1);
        }
    }

    @Test
    void endOfInput_isPassedOn_andTheGuestMayStillSpeak() throws Exception {
        try (Socket accepted = openSsh()) {
            // When
            orchestrator.send("question".getBytes(UTF_8));
            orchestrator.send(StreamHello.END);

            // Then
            assertThat(accepted.getInputStream().readAllBytes()).isEqualTo("question".getBytes(UTF_8));
            accepted.getOutputStream().write("answer".getBytes(UTF_8));
            accepted.close();
            assertThat(orchestrator.until("answer")).isEqualTo("answer");
            assertThat(orchestrator.text()).isEqualTo(StreamHello.END);
        }
    }

    @Test
    void readerThatStops_stopsTheGuest_andNothingIsLost() throws Exception {
        // Given
        byte[] much = new byte[MUCH];
        new Random(1).nextBytes(much);
        AtomicLong written = new AtomicLong();
        try (Socket accepted = openSsh()) {
            orchestrator.stopReading();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                try {
                    for (int at = 0; at < MUCH; at += 1 << 16) {
                        accepted.getOutputStream().write(much, at, 1 << 16);
                        written.addAndGet(1 << 16);
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });

            // When
            await().atMost(PATIENCE).until(() -> {
                long before = written.get();
                Thread.sleep(500);
                return before > 0 && before == written.get();
            });

            // Then
            assertThat(written.get()).isLessThan(MUCH / 2);
            orchestrator.readAgain();
            assertThat(orchestrator.bytes(MUCH)).isEqualTo(much);
            writer.join();
        }
    }

    @Test
    void orchestratorHangsUp_guestIsLeft() throws Exception {
        try (Socket accepted = openSsh()) {
            // When
            orchestrator.disconnect();

            // Then
            assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void guestThatDoesNotAnswer_isSaidToWhoeverWaits() throws Exception {
        // Given
        SshEndpoint nobody = ssh();
        guest.close();

        // When
        streams.open(order(StreamKind.SSH), nobody);

        // Then
        StreamHello hello = new WireJson().readValue(orchestrator.text(), StreamHello.class);
        assertThat(hello.failure()).isEqualTo("The guest's ssh port does not answer on its node.");
        assertThat(orchestrator.closed()).isTrue();
    }

    @Test
    void vncOfAGuestWithoutAScreen_isSaidToWhoeverWaits() throws Exception {
        // When
        streams.open(order(StreamKind.VNC), null);

        // Then
        StreamHello hello = new WireJson().readValue(orchestrator.text(), StreamHello.class);
        assertThat(hello.failure()).contains("graphical console");
    }

    @Test
    void serialConsole_showsItsPastFirst_thenWhatIsNew_andWhatIsTypedArrives() throws Exception {
        // Given
        Path log = directory.resolve("log");
        Files.writeString(log, "x".repeat(SerialTarget.TAIL_BYTES) + "login: ");
        try (ServerSocketChannel qemu = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            qemu.bind(UnixDomainSocketAddress.of(directory.resolve("serial")));

            // When
            streams.open(order(StreamKind.SERIAL), null);
            try (SocketChannel line = qemu.accept()) {
                orchestrator.text();
                orchestrator.send("root\r".getBytes(UTF_8));
                ByteBuffer typed = ByteBuffer.allocate(5);
                while (typed.hasRemaining()) {
                    line.read(typed);
                }
                Files.writeString(log, "root\r\n# ", StandardOpenOption.APPEND);

                // Then
                assertThat(typed.array()).isEqualTo("root\r".getBytes(UTF_8));
                String shown = orchestrator.until("# ");
                assertThat(shown).endsWith("login: root\r\n# ").startsWith("xxx");
                assertThat(shown).hasSize(SerialTarget.TAIL_BYTES + "root\r\n# ".length());
            }
            assertThat(orchestrator.text()).as("when QEMU is gone").isEqualTo(StreamHello.END);
        }
    }

    @Test
    void manyAtOneSerialConsole_shareQemusOneConnection() throws Exception {
        // Given
        Files.writeString(directory.resolve("log"), "");
        try (ServerSocketChannel qemu = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            qemu.bind(UnixDomainSocketAddress.of(directory.resolve("serial")));
            streams.open(order(StreamKind.SERIAL), null);
            SocketChannel line = qemu.accept();
            orchestrator.text();

            // When
            streams.open(order(StreamKind.SERIAL), null);
            orchestrator.text();
            qemu.configureBlocking(false);

            // Then
            assertThat(Optional.<@Nullable SocketChannel>ofNullable(qemu.accept()))
                    .isEmpty();
            line.close();
        }
    }
}
