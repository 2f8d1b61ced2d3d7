package io.anemone.orchestrator.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.testkit.time.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageCatalogTest {

    private static final String DISK_IMAGE = """
            name: debian
            description: Debian 12
            disk: root.qcow2
            diskFormat: qcow2
            defaultUser: debian
            readiness: {kind: ssh, timeoutSeconds: 180}
            minMemoryMiB: 512
            minDiskGiB: 3
            """;

    @TempDir
    private Path dir;

    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private ImageCatalog catalog = new ImageCatalog(ImageFixtures.config(Path.of("/nowhere")), clock);

    @BeforeEach
    void catalog() {
        catalog = new ImageCatalog(ImageFixtures.config(dir), clock);
    }

    @Test
    void images_areReadWhole() {
        // Given
        ImageFixtures.write(dir, "micro", 128);
        ImageFixtures.write(dir, "debian", DISK_IMAGE);

        // When / Then
        assertThat(catalog.all())
                .containsExactly(
                        new ImageDefinition(
                                "debian",
                                "Debian 12",
                                null,
                                null,
                                null,
                                "root.qcow2",
                                ImageDefinition.DiskFormat.QCOW2,
                                "debian",
                                new ReadinessProbe(ReadinessProbe.Kind.SSH, Duration.ofSeconds(180)),
                                512),
                        new ImageDefinition(
                                "micro",
                                "A tiny guest for tests",
                                "vmlinuz",
                                "initrd.img",
                                "console=ttyS0 quiet",
                                null,
                                null,
                                "root",
                                new ReadinessProbe(ReadinessProbe.Kind.SSH, Duration.ofSeconds(60)),
                                128));
        assertThat(catalog.names()).isEqualTo("debian, micro");
    }

    @Test
    void changedFile_isReadAgainAfterTheRescanTime() {
        // Given
        ImageFixtures.write(dir, "micro", 128);
        assertThat(catalog.find("micro"))
                .get()
                .extracting(ImageDefinition::minMemoryMiB)
                .isEqualTo(128);

        // When
        ImageFixtures.write(dir, "micro", 1024);

        // Then
        assertThat(catalog.find("micro"))
                .get()
                .extracting(ImageDefinition::minMemoryMiB)
                .isEqualTo(128);
        clock.advance(Duration.ofSeconds(5));
        assertThat(catalog.find("micro"))
                .get()
                .extracting(ImageDefinition::minMemoryMiB)
                .isEqualTo(1024);
    }

    @Test
    void removedImage_isGone() throws IOException {
        // Given
        ImageFixtures.write(dir, "micro", 128);
        assertThat(catalog.all()).hasSize(1);

        // When
        Files.delete(dir.resolve("micro/image.yaml"));
        clock.advance(Duration.ofSeconds(5));

        // Then
        assertThat(catalog.all()).isEmpty();
        assertThat(catalog.names()).startsWith("none");
    }

    @Test
    void directoryThatCannotBeListed_keepsWhatWasKnown() throws IOException {
        // Given
        ImageFixtures.write(dir, "micro", 128);
        assertThat(catalog.all()).hasSize(1);

        // When
        Files.move(dir, dir.resolveSibling(dir.getFileName() + "-away"));
        clock.advance(Duration.ofSeconds(5));

        // Then
        assertThat(catalog.all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "- a list",
                "name: other",
                "{",
                "name: debian\nname: debian",
                "DISK: x",
                "unknown: key",
                "disk: ../../etc/shadow",
                "disk: /etc/shadow",
                "disk: a/../../b",
                "disk: .hidden",
                "disk: \"a\\nb\"",
                "disk: null",
                "diskFormat: vmdk",
                "diskFormat: null",
                "kernel: ../vmlinuz",
                "initrd: initrd.img",
                "cmdline: quiet",
                "defaultUser: \"root; id\"",
                "defaultUser: null",
                "readiness: null",
                "readiness: {kind: magic, timeoutSeconds: 1}",
                "readiness: {kind: ssh}",
                "readiness: {kind: ssh, timeoutSeconds: 0}",
                "readiness: {kind: ssh, timeoutSeconds: 1.5}",
                "minMemoryMiB: 0",
                "minMemoryMiB: \"512\"",
                "minMemoryMiB: 1.5",
                "description: \"a\\u0000b\""
            })
    void brokenFile_isLeftOutAndTheOthersStay(String change) {
        // Given
        ImageFixtures.write(dir, "micro", 128);
        ImageFixtures.write(dir, "debian", changed(change));

        // When / Then
        assertThat(catalog.names()).isEqualTo("micro");
    }

    @Test
    void fixtureOfTheBrokenFiles_isGoodWithoutAChange() {
        ImageFixtures.write(dir, "debian", changed("description: Another"));

        assertThat(catalog.names()).isEqualTo("debian");
    }

    /** The good file with one key changed or added; a text that is no key stands for the whole file. */
    private static String changed(String change) {
        if (!change.contains(": ") || change.contains("\nname") || change.startsWith("-")) {
            return change;
        }
        String key = change.substring(0, change.indexOf(':'));
        String rest = DISK_IMAGE
                .lines()
                .filter(line -> !line.startsWith(key + ":"))
                .reduce("", (all, line) -> all + line + "\n");
        return rest + change + "\n";
    }
}
