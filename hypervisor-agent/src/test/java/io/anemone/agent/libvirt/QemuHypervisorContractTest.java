package io.anemone.agent.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.anemone.agent.Guests;
import io.anemone.agent.domain.DomainXml;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.DomainSpec;
import io.anemone.core.hypervisor.Hypervisor;
import io.anemone.core.hypervisor.HypervisorException;
import io.anemone.core.hypervisor.HypervisorFailure;
import io.anemone.core.hypervisor.Sighting;
import io.anemone.core.hypervisor.Sighting.Ending;
import io.anemone.core.image.ImageDefinition.DiskFormat;
import io.anemone.core.vm.SshEndpoint;
import io.anemone.core.vm.VmSize;
import io.anemone.core.wire.Acceleration;
import io.anemone.testkit.hypervisor.AbstractHypervisorContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on real QEMU: a session libvirtd of the test's own, and guests that are one boot sector long. */
class QemuHypervisorContractTest extends AbstractHypervisorContract {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** Not JUnit's own: its paths are too long for sockets. */
    private static @Nullable Path directory;

    private static @Nullable SessionDaemons daemons;
    private static @Nullable LibvirtHypervisor hypervisor;
    private static int nextPort = 22900;

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

    @Override
    protected DomainSpec guest(DomainMark mark) {
        Path in = directory;
        if (in == null) {
            throw new IllegalStateException("not started");
        }
        return new DomainSpec(
                mark,
                new VmSize(1, 64),
                Acceleration.EMULATION,
                null,
                List.of(new DomainSpec.Disk(in.resolve("boot.img").toString(), DiskFormat.RAW, true)),
                in.resolve(mark.id().name() + ".log").toString());
    }

    /** The guest obeys the power button once it runs: after its first character on the console. */
    @Override
    protected void powerOff(DomainId id) {
        Path console = Path.of(guest(Guests.mark(id)).console());
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
                mark, plain.size(), plain.acceleration(), null, plain.disks(), plain.console() + "\u0000");

        // When, Then
        assertThatThrownBy(() -> hypervisor().create(bad))
                .isInstanceOfSatisfying(
                        HypervisorException.class,
                        e -> assertThat(e.failure()).isInstanceOf(HypervisorFailure.SpecRejected.class));
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
