package io.anemone.agent.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.anemone.agent.Guests;
import io.anemone.agent.domain.DomainXml;
import io.anemone.agent.files.Command;
import io.anemone.agent.node.NodeCpus;
import io.anemone.core.hypervisor.DiskCopy;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.hypervisor.DomainSpec.Firmware;
import io.anemone.core.hypervisor.DomainSpec.Machine;
import io.anemone.core.hypervisor.DomainSpec.Network;
import io.anemone.core.hypervisor.DomainSpec.Place;
import io.anemone.core.hypervisor.DomainView;
import io.anemone.core.hypervisor.Hypervisor;
import io.anemone.core.hypervisor.HypervisorException;
import io.anemone.core.hypervisor.HypervisorFailure;
import io.anemone.core.hypervisor.Sighting;
import io.anemone.core.hypervisor.Sighting.Ending;
import io.anemone.core.image.ImageContent.DiskFormat;
import io.anemone.core.vm.PublishedPort;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.VmSize;
import io.anemone.core.wire.Acceleration;
import io.anemone.testkit.hypervisor.AbstractSavingContract;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on real QEMU: a session libvirtd of the test's own, and guests that are one boot sector long. */
class QemuHypervisorContractTest extends AbstractSavingContract {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** Not JUnit's own: its paths are too long for sockets. */
    private static @Nullable Path directory;

    private static @Nullable SessionDaemons daemons;
    private static @Nullable LibvirtHypervisor hypervisor;
    private static int nextPort = 22900;
    private static int nextFile;

    @BeforeAll
    static void startLibvirt() throws IOException {
        Session.assumeInstalled();
        Path made = Session.open(Files.createTempDirectory("anm"));
        directory = made;
        Path sector = Files.write(made.resolve("boot.img"), Guests.obedientBootSector());
        Files.setPosixFilePermissions(sector, PosixFilePermissions.fromString("rw-rw-rw-"));
        SessionDaemons started = Session.in(made);
        daemons = started;
        LibvirtHypervisor connected = new LibvirtHypervisor(started.uri(), DomainXml::of, started::ensure);
        hypervisor = connected;
        assertThat(connected.await(SOON)).as("libvirt answers").isTrue();
    }

    @AfterAll
    static void endLibvirt() throws Exception {
        if (hypervisor != null) {
            hypervisor.close();
        }
        if (daemons != null) {
            daemons.close();
        }
        if (directory != null) {
            new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
        }
    }

    @AfterEach
    void endGuests() {
        hypervisor()
                .domains()
                .forEach(domain -> hypervisor().destroy(domain.mark().id()));
    }

    @Override
    protected Hypervisor hypervisor() {
        LibvirtHypervisor connected = hypervisor;
        if (connected == null) {
            throw new IllegalStateException("not started");
        }
        return connected;
    }

    private static Path in(String name) {
        Path in = directory;
        if (in == null) {
            throw new IllegalStateException("not started");
        }
        return in.resolve(name);
    }

    @Override
    protected DomainSpec guest(DomainMark mark) {
        return new DomainSpec(
                mark,
                new VmSize(1, 64),
                Acceleration.EMULATION,
                null,
                List.of(new DomainSpec.Disk(in("boot.img").toString(), DiskFormat.RAW, true)),
                new DomainSpec.Consoles(
                        in(mark.id().name() + ".log").toString(),
                        in(mark.id().name() + ".serial").toString(),
                        in(mark.id().name() + ".vnc").toString()));
    }

    @Override
    protected String fresh() {
        Path in = directory;
        if (in == null) {
            throw new IllegalStateException("not started");
        }
        return in.resolve("memory-" + nextFile++).toString();
    }

    /** The guest obeys the power button once it runs: after its first character on the console. */
    @Override
    protected void powerOff(DomainId id) {
        Path console = Path.of(guest(Guests.mark(id)).consoles().log());
        await().atMost(SOON).until(() -> Files.exists(console) && Files.size(console) > 0);
        super.powerOff(id);
    }

    @Test
    void portTaken_createFailsAndNothingIsLeft() {
        // Given
        DomainMark first = at(nextPort);
        DomainMark second = at(nextPort++);
        hypervisor().create(guest(first));

        // When, Then
        assertThatThrownBy(() -> hypervisor().create(guest(second)))
                .isInstanceOfSatisfying(
                        HypervisorException.class,
                        e -> assertThat(e.failure()).isInstanceOf(HypervisorFailure.Failed.class));
        assertThat(hypervisor().find(second.id())).isInstanceOf(Sighting.Gone.class);
    }

    @Test
    void controlCharacterInADefinition_isRejectedAsASpec() {
        // Given
        DomainMark mark = at(nextPort++);
        DomainSpec plain = guest(mark);
        DomainSpec bad = new DomainSpec(
                mark,
                plain.size(),
                plain.acceleration(),
                null,
                plain.disks(),
                new DomainSpec.Consoles("/c\u0000", "/s", null));

        // When, Then
        assertThatThrownBy(() -> hypervisor().create(bad))
                .isInstanceOfSatisfying(
                        HypervisorException.class,
                        e -> assertThat(e.failure()).isInstanceOf(HypervisorFailure.SpecRejected.class));
    }

    @Test
    void runningGuest_hasCountersOfProcessorMemoryAndDisks() {
        // Given
        DomainMark mark = at(nextPort++);
        hypervisor().create(guest(mark));

        // When, Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(hypervisor().usage(mark.id())).hasValueSatisfying(usage -> {
                    assertThat(usage.cpuNanos()).isPositive();
                    assertThat(usage.residentBytes()).isGreaterThan(1L << 20);
                    assertThat(usage.diskReadBytes()).isPositive();
                    assertThat(usage.diskWrittenBytes()).isZero();
                }));
    }

    @Test
    void consolesOfAGuest_areAtTheirSockets() throws Exception {
        // Given
        DomainMark mark = at(nextPort++);
        hypervisor().create(guest(mark));
        DomainSpec.Consoles consoles = guest(mark).consoles();
        String vnc = Objects.requireNonNull(consoles.vnc());

        // When, Then
        try (SocketChannel screen = SocketChannel.open(UnixDomainSocketAddress.of(vnc));
                SocketChannel serial = SocketChannel.open(UnixDomainSocketAddress.of(consoles.serial()))) {
            ByteBuffer greeting = ByteBuffer.allocate(12);
            while (greeting.hasRemaining()) {
                screen.read(greeting);
            }
            assertThat(new String(greeting.array(), StandardCharsets.US_ASCII)).isEqualTo("RFB 003.008\n");
            assertThat(serial.isConnected()).isTrue();
            await().atMost(SOON).until(() -> Files.exists(Path.of(consoles.log())));
        }
    }

    @Test
    void qemuKilled_isGoneAsCrashed() {
        // Given
        DomainMark mark = at(nextPort++);
        hypervisor().create(guest(mark));

        // When
        ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .orElse("")
                        .contains(mark.id().uuid().toString()))
                .filter(process -> process.info().command().orElse("").contains("qemu"))
                .forEach(ProcessHandle::destroyForcibly);

        // Then
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(hypervisor().find(mark.id())).isEqualTo(new Sighting.Gone(Ending.CRASHED)));
    }

    /** Of a file system that is full, for example. */
    @Test
    void cannotBeSaved_isThereAsItWasAndGoesOn() {
        // Given
        DomainMark mark = at(nextPort++);
        hypervisor().create(guest(mark));
        hypervisor().pause(mark.id());

        // When, Then
        assertThatThrownBy(() -> hypervisor().save(mark.id(), "/dev/full")).isInstanceOf(HypervisorException.class);
        hypervisor().unpause(mark.id());
        assertThat(hypervisor().find(mark.id())).isEqualTo(new Sighting.Present(new DomainView(mark, true)));
    }

    @Test
    void copiedWhileItRuns_copyIsWholeStandsAloneAndGuestRunsOn() throws Exception {
        // Given
        DomainMark mark = at(nextPort++);
        Path disk = qcow2("disk.qcow2", "-F", "raw", "-b", in("boot.img").toString());
        DomainSpec plain = guest(mark);
        hypervisor()
                .create(new DomainSpec(
                        mark,
                        plain.size(),
                        plain.acceleration(),
                        null,
                        List.of(
                                new DomainSpec.Disk(disk.toString(), DiskFormat.QCOW2, false),
                                plain.disks().getFirst()),
                        plain.consoles()));
        assertThat(hypervisor().diskBytes(mark.id())).isEqualTo(1 << 20);
        assertThat(hypervisor().copy(mark.id())).isInstanceOf(DiskCopy.None.class);

        for (String name : List.of("copy-1.qcow2", "copy-2.qcow2")) {
            // When
            Path copy = qcow2(name, "1M");
            hypervisor().beginCopy(mark.id(), copy.toString());

            // Then
            await().atMost(SOON).until(() -> !(hypervisor().copy(mark.id()) instanceof DiskCopy.Running));
            assertThat(output("qemu-img", "info", "-f", "qcow2", copy.toString()))
                    .doesNotContain("backing");
            assertThat(output(
                            "qemu-img",
                            "compare",
                            "-f",
                            "qcow2",
                            "-F",
                            "raw",
                            copy.toString(),
                            in("boot.img").toString()))
                    .contains("identical");
        }
        assertThat(hypervisor().find(mark.id())).isEqualTo(new Sighting.Present(new DomainView(mark, true)));
    }

    @Test
    void copyThatIsGivenUp_isNoneAndGuestRunsOn() throws Exception {
        // Given
        DomainMark mark = at(nextPort++);
        hypervisor().create(guest(mark));

        // When
        hypervisor().endCopy(mark.id());

        // Then
        assertThat(hypervisor().copy(mark.id())).isInstanceOf(DiskCopy.None.class);
        assertThatThrownBy(() ->
                        hypervisor().beginCopy(mark.id(), in("nowhere.qcow2").toString()))
                .isInstanceOf(HypervisorException.class);
        assertThat(hypervisor().copy(mark.id())).isInstanceOf(DiskCopy.None.class);
        assertThat(hypervisor().find(mark.id())).isEqualTo(new Sighting.Present(new DomainView(mark, true)));
    }

    private static Path qcow2(String name, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("qemu-img", "create", "-q", "-f", "qcow2"));
        if (more.length > 1) {
            command.addAll(List.of(more));
            command.add(in(name).toString());
        } else {
            command.add(in(name).toString());
            command.addAll(List.of(more));
        }
        assertThat(output(command.toArray(String[]::new))).isEmpty();
        return Files.setPosixFilePermissions(in(name), PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    private static String output(String... command) throws Exception {
        return Command.run(SOON, List.of(command)).output();
    }

    @Test
    void askedToReboot_isStartedAnewAndThatIsSeen() {
        // Given
        DomainMark mark = at(nextPort++);
        hypervisor().create(guest(mark));
        Path console = Path.of(guest(mark).consoles().log());
        await().atMost(SOON).until(() -> Files.exists(console) && Files.size(console) == 1);

        // When
        hypervisor().reboot(mark.id());

        // Then
        await().atMost(SOON).until(() -> Files.size(console) == 2);
        await().atMost(SOON).until(() -> hypervisor().reboots(mark.id()) > 0);
        assertThat(hypervisor().find(mark.id())).isEqualTo(new Sighting.Present(new DomainView(mark, true)));
    }

    @Test
    void reset_isStartedAnew() {
        // Given
        DomainMark mark = at(nextPort++);
        hypervisor().create(guest(mark));
        Path console = Path.of(guest(mark).consoles().log());
        await().atMost(SOON).until(() -> Files.exists(console) && Files.size(console) == 1);

        // When
        hypervisor().reset(mark.id());

        // Then
        await().atMost(SOON).until(() -> Files.size(console) == 2);
    }

    @Test
    void libvirtdKilled_guestRunsOnAndIsFoundAgain() {
        // Given
        DomainMark mark = at(nextPort++);
        hypervisor().create(guest(mark));
        List<ProcessHandle> before = libvirtds();
        assertThat(before).hasSize(1);

        // When
        before.getFirst().destroyForcibly();

        // Then
        await().atMost(SOON)
                .ignoreExceptionsInstanceOf(HypervisorException.class)
                .untilAsserted(() -> {
                    assertThat(libvirtds()).isNotEmpty().doesNotContainAnyElementsOf(before);
                    assertThat(hypervisor().find(mark.id())).isInstanceOf(Sighting.Present.class);
                });
    }

    /** Session libvirt has no cgroup, and pins threads and binds memory without one. */
    @Test
    void placedAndPublished_runsThere() throws IOException {
        // Given
        int cpu = NodeCpus.allowed().cpus().getLast();
        DomainMark mark = at(nextPort++);
        DomainMark published = new DomainMark(
                mark.id(),
                mark.lease(),
                mark.job(),
                mark.ssh(),
                mark.startedAt(),
                List.of(new PublishedPort(80, "127.0.0.1", nextPort++)),
                List.of(cpu));

        // When
        hypervisor().create(on(published, new Machine(null, false, false, new Place(List.of(cpu), 0, 100))));

        // Then
        assertThat(threadsOf(mark.id())).containsOnly(Integer.toString(cpu));
        assertThat(hypervisor().domains()).extracting(DomainView::mark).contains(published);
    }

    @Test
    void uefiAndTpm_runAndLeaveNothing() throws IOException {
        Path code = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");
        assumeTrue(
                Files.isReadable(code) && Files.isExecutable(Path.of("/usr/bin/swtpm")),
                "no firmware or no TPM: apt-get install ovmf swtpm swtpm-tools");
        // Given
        DomainMark mark = at(nextPort++);
        Path variables = in("variables.fd");
        Files.copy(Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd"), variables);
        Files.setPosixFilePermissions(variables, PosixFilePermissions.fromString("rw-rw-rw-"));

        // When
        hypervisor()
                .create(on(
                        mark,
                        new Machine(new Firmware(code.toString(), variables.toString()), true, false, Place.ANYWHERE)));

        // Then
        assertThat(hypervisor().find(mark.id())).isInstanceOf(Sighting.Present.class);
        assertThat(swtpms(mark)).isPositive();
        hypervisor().destroy(mark.id());
        await().atMost(SOON).untilAsserted(() -> assertThat(swtpms(mark)).isZero());
        try (Stream<Path> left = Files.walk(in("."))) {
            assertThat(left.map(Path::toString)
                            .filter(path -> path.contains(mark.id().uuid().toString())))
                    .isEmpty();
        }
    }

    private static long swtpms(DomainMark mark) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/swtpm"))
                .filter(process -> process.info()
                        .commandLine()
                        .orElse("")
                        .contains(mark.id().uuid().toString()))
                .count();
    }

    private DomainSpec on(DomainMark mark, Machine machine) {
        DomainSpec plain = guest(mark);
        return new DomainSpec(
                mark,
                plain.size(),
                plain.acceleration(),
                null,
                plain.disks(),
                plain.consoles(),
                machine,
                Network.User.OPEN);
    }

    /** The processors that each thread of a guest's QEMU may use. */
    private static Set<String> threadsOf(DomainId id) throws IOException {
        ProcessHandle qemu = ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").contains("qemu"))
                .filter(process -> process.info()
                        .commandLine()
                        .orElse("")
                        .contains(id.uuid().toString()))
                .findFirst()
                .orElseThrow();
        Set<String> allowed = new HashSet<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(qemu.pid()), "task"))) {
            for (Path thread : threads.toList()) {
                Files.readAllLines(thread.resolve("status")).stream()
                        .filter(line -> line.startsWith("Cpus_allowed_list:"))
                        .forEach(line -> allowed.add(
                                line.substring(line.indexOf(':') + 1).strip()));
            }
        }
        return allowed;
    }

    /** This test's own: children of this process. */
    private static List<ProcessHandle> libvirtds() {
        return ProcessHandle.current()
                .children()
                .filter(process -> process.info().command().orElse("").endsWith("/libvirtd"))
                .toList();
    }

    private static DomainMark at(int port) {
        DomainMark mark = newMark();
        return new DomainMark(
                mark.id(), mark.lease(), mark.job(), new SshEndpoint("127.0.0.1", port), mark.startedAt());
    }
}
