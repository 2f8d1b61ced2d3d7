package io.anemone.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.anemone.agent.files.Command;
import io.anemone.core.wire.Acceleration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KvmProbeTest {

    @TempDir
    Path directory;

    @Test
    void noDevice_isEmulation() throws Exception {
        assertThat(new KvmProbe(directory, directory, directory.resolve("kvm")).find())
                .isEqualTo(Acceleration.EMULATION);
    }

    /** The guest itself is right: where it runs at all, it gives its sign of life. */
    @Test
    void bootSector_givesItsSignOfLifeUnderEmulation() throws Exception {
        // Given
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/qemu-system-x86_64")), "qemu-system-x86 is not installed");
        Path sector = Files.write(directory.resolve("boot.img"), KvmProbe.bootSector());

        // When
        Command.Result result = Command.run(Duration.ofSeconds(60), KvmProbe.command(sector, "tcg"));

        // Then
        assertThat(KvmProbe.alive(result.exitCode())).as(result.output()).isTrue();
    }

    @Test
    void answerThatOthersCouldWrite_isNotBelieved() throws Exception {
        // Given
        Path file = Files.writeString(directory.resolve("kvm-probe-0"), "x");
        Path link = Files.createSymbolicLink(directory.resolve("kvm-probe-1"), file);

        // When, Then
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(KvmProbe.trusted(file)).isFalse();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(KvmProbe.trusted(file)).isTrue();
        assertThat(KvmProbe.trusted(link)).isFalse();
    }
}
