package io.anemone.agent.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptCapabilitiesTest {

    private static final Path PLACE = Path.of("libvirt", "qemu", "cache", "capabilities");

    @TempDir
    Path state;

    @TempDir
    Path job;

    @TempDir
    Path laterJob;

    private Path own() throws IOException {
        return state.resolve("qemu-capabilities-" + Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    @Test
    void whatOneJobsLibvirtdKept_isThereForTheNext() throws Exception {
        // Given
        new KeptCapabilities(state).link(job);
        Files.writeString(job.resolve(PLACE).resolve("qemu.xml"), "<qemuCaps/>");

        // When
        new KeptCapabilities(state).link(laterJob);

        // Then
        assertThat(laterJob.resolve(PLACE).resolve("qemu.xml")).hasContent("<qemuCaps/>");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own())))
                .isEqualTo("rwx------");
    }

    @Test
    void agentThatStartsAgainInItsJob_findsTheLinkThere() throws Exception {
        new KeptCapabilities(state).link(job);
        new KeptCapabilities(state).link(job);
        assertThat(job.resolve(PLACE)).isSymbolicLink();
    }

    @Test
    void directoryThatOthersCouldWrite_isNotUsed() throws Exception {
        // Given
        Files.createDirectory(own());
        Files.setPosixFilePermissions(own(), PosixFilePermissions.fromString("rwxrwxrwx"));

        // When, Then
        assertThatThrownBy(() -> new KeptCapabilities(state).link(job))
                .hasMessageContaining("belongs to somebody else");
        assertThat(job.resolve(PLACE)).doesNotExist();
    }

    @Test
    void linkToADirectoryOfAnothersChoice_isNotUsed() throws Exception {
        Files.createSymbolicLink(own(), laterJob);
        assertThatThrownBy(() -> new KeptCapabilities(state).link(job))
                .hasMessageContaining("belongs to somebody else");
    }
}
