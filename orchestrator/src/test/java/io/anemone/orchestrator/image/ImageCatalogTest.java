package io.anemone.orchestrator.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.image.ImageContent;
import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageFile;
import io.anemone.core.image.ImageNeeds;
import io.anemone.core.image.ImageTier;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.testkit.time.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
    private ImageCatalog catalog =
            new ImageCatalog(ImageFixtures.config(Path.of("/nowhere")), ImageFixtures.digests(), clock);

    @BeforeEach
    void catalog() {
        catalog = new ImageCatalog(ImageFixtures.config(dir), ImageFixtures.digests(), clock);
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
                                0,
                                "Debian 12",
                                new ImageContent(
                                        null, null, null, file("root.qcow2"), ImageContent.DiskFormat.QCOW2, 0),
                                "debian",
                                new ReadinessProbe(ReadinessProbe.Kind.SSH, Duration.ofSeconds(180)),
                                new ImageNeeds(512, 3, ImageNeeds.Architecture.X86_64),
                                ImageTier.GOLDEN),
                        new ImageDefinition(
                                "micro",
                                0,
                                "A tiny guest for tests",
                                new ImageContent(
                                        file("vmlinuz"), file("initrd.img"), "console=ttyS0 quiet", null, null, 0),
                                "root",
                                new ReadinessProbe(ReadinessProbe.Kind.SSH, Duration.ofSeconds(60)),
                                new ImageNeeds(128, 0, ImageNeeds.Architecture.X86_64),
                                ImageTier.GOLDEN));
        assertThat(names()).isEqualTo("debian, micro");
    }

    @Test
    void changedFile_isReadAgainAfterTheRescanTime() {
        // Given
        ImageFixtures.write(dir, "micro", 128);
        assertThat(memoryOf("micro")).isEqualTo(128);

        // When
        ImageFixtures.write(dir, "micro", 1024);

        // Then
        assertThat(memoryOf("micro")).isEqualTo(128);
        clock.advance(Duration.ofSeconds(5));
        assertThat(memoryOf("micro")).isEqualTo(1024);
    }

    @Test
    void filesThatAreStillBeingRead_holdUpNobody_andTheImageIsNotCalledAbsent() {
        // Given
        List<Runnable> waiting = new ArrayList<>();
        catalog = new ImageCatalog(ImageFixtures.config(dir), new FileDigests(waiting::add), clock);
        ImageFixtures.write(dir, "micro", 128);

        // When / Then
        assertThat(look("micro")).isInstanceOf(ImageLookup.NotYet.class);
        assertThat(look("other")).isInstanceOf(ImageLookup.Absent.class);
        assertThat(catalog.all()).isEmpty();

        // When
        waiting.forEach(Runnable::run);

        // Then
        assertThat(look("micro")).isInstanceOf(ImageLookup.Found.class);
        assertThat(waiting).hasSize(2);
    }

    @Test
    void changedDisk_isAnotherContent_andUntilItIsReadTheImageStaysAsItWas() throws IOException {
        // Given
        List<Runnable> waiting = new ArrayList<>();
        catalog = new ImageCatalog(ImageFixtures.config(dir), new FileDigests(waiting::add), clock);
        ImageFixtures.write(dir, "debian", DISK_IMAGE);
        catalog.all();
        waiting.forEach(Runnable::run);
        waiting.clear();
        String before = catalog.all().getFirst().content().digest();

        // When
        Files.write(dir.resolve("debian/root.qcow2"), new byte[64]);
        clock.advance(Duration.ofSeconds(5));

        // Then
        assertThat(catalog.all().getFirst().content().digest()).isEqualTo(before);
        waiting.forEach(Runnable::run);
        clock.advance(Duration.ofSeconds(5));
        assertThat(catalog.all().getFirst().content().digest()).isNotEqualTo(before);
        assertThat(catalog.all().getFirst().content().disk())
                .isEqualTo(new ImageFile("root.qcow2", Sha256.of(new byte[64]), 64));
    }

    @Test
    void imageWithoutOneOfItsFiles_isLeftOut() throws IOException {
        // Given
        ImageFixtures.write(dir, "micro", 128);
        ImageFixtures.write(dir, "debian", DISK_IMAGE);

        // When
        Files.delete(dir.resolve("debian/root.qcow2"));

        // Then
        assertThat(names()).isEqualTo("micro");
    }

    @Test
    void imagesThatCouldNeverBeListed_areNotCalledAbsent() {
        catalog = new ImageCatalog(ImageFixtures.config(dir.resolve("gone")), ImageFixtures.digests(), clock);

        assertThat(look("micro")).isInstanceOf(ImageLookup.NotYet.class);
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
        assertThat(names()).isEmpty();
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
                "readiness: {kind: console, timeoutSeconds: 1}",
                "readiness: {kind: console, timeoutSeconds: 1, pattern: ' '}",
                "readiness: {kind: console, timeoutSeconds: 1, pattern: \"a\\nb\"}",
                "readiness: {kind: ssh, timeoutSeconds: 1, pattern: x}",
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
        assertThat(names()).isEqualTo("micro");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kind: agent, timeoutSeconds: 1}",
                "{kind: cloud-init, timeoutSeconds: 600}",
                "{kind: console, timeoutSeconds: 5, pattern: 'login: '}"
            })
    void everyProbe_canBeChosen(String readiness) {
        ImageFixtures.write(dir, "debian", changed("readiness: " + readiness));

        assertThat(names()).isEqualTo("debian");
    }

    @Test
    void fixtureOfTheBrokenFiles_isGoodWithoutAChange() {
        ImageFixtures.write(dir, "debian", changed("description: Another"));

        assertThat(names()).isEqualTo("debian");
    }

    private String names() {
        return catalog.all().stream().map(ImageDefinition::name).collect(Collectors.joining(", "));
    }

    private ImageLookup look(String name) {
        return catalog.look(name);
    }

    private int memoryOf(String name) {
        return look(name).found().orElseThrow().needs().memoryMiB();
    }

    /** As {@link ImageFixtures} makes them. */
    private static ImageFile file(String name) {
        return new ImageFile(name, Sha256.of(new byte[32]), 32);
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
