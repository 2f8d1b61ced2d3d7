package io.anemone.orchestrator.image.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.core.image.ImageContent.DiskFormat;
import io.anemone.orchestrator.image.inspection.HostileFiles.HostileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever opens the canary, a FIFO that nobody writes to, hangs: then the test's time runs out. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FileInspectorTest {

    private static final InspectionLimits LIMITS = new InspectionLimits(100L << 30, 64 << 20, Duration.ofSeconds(30));

    @TempDir
    private static Path dir;

    private final FileInspector inspector = new FileInspector(LIMITS, Clock.systemUTC());

    static Stream<HostileFile> hostile() throws IOException, InterruptedException {
        return HostileFiles.all(canary().toString()).stream();
    }

    private static Path canary() throws IOException, InterruptedException {
        Path fifo = dir.resolve("canary");
        if (Files.notExists(fifo)) {
            run("mkfifo", fifo.toString());
        }
        return fifo;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileFile_isRefusedWithAReason(HostileFile hostile) throws IOException {
        // Given
        Path file = Files.write(Files.createTempFile(dir, "image", ""), hostile.bytes());

        // When / Then
        assertThatThrownBy(() -> inspect(file, hostile.kind()))
                .isInstanceOf(RefusedFileException.class)
                .hasMessageContaining(hostile.refusal());
    }

    @Test
    void hostileFiles_areMany() throws IOException, InterruptedException {
        assertThat(hostile())
                .hasSizeGreaterThan(25)
                .extracting(HostileFile::name)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileFileCutAnywhere_neverBreaksTheReader(HostileFile hostile) throws IOException {
        for (int cut = 1; cut < hostile.bytes().length; cut = cut * 3 + 1) {
            Path file = Files.write(dir.resolve("cut"), Arrays.copyOf(hostile.bytes(), cut));
            for (HostileFiles.Kind kind : HostileFiles.Kind.values()) {
                try {
                    inspect(file, kind);
                } catch (RefusedFileException e) {
                    assertThat(e).hasMessageEndingWith(".");
                }
            }
        }
    }

    private void inspect(Path file, HostileFiles.Kind kind) throws IOException, RefusedFileException {
        switch (kind) {
            case QCOW2 -> inspector.disk(file, DiskFormat.QCOW2);
            case RAW -> inspector.disk(file, DiskFormat.RAW);
            case KERNEL -> inspector.kernel(file);
            case INITRD -> inspector.initrd(file);
        }
    }

    @Test
    void goodFiles_areTaken() throws IOException, RefusedFileException {
        // Given
        Path qcow2 = Files.write(dir.resolve("good.qcow2"), new Qcow2Builder().bytes());
        Path raw = Files.write(dir.resolve("good.raw"), new byte[1 << 20]);
        Path kernel = Files.write(dir.resolve("good.kernel"), HostileFiles.kernel(4096, 8192));

        // When / Then
        assertThat(inspector.disk(qcow2, DiskFormat.QCOW2)).isEqualTo(1L << 30);
        assertThat(inspector.disk(raw, DiskFormat.RAW)).isEqualTo(1 << 20);
        inspector.kernel(kernel);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compat=v3",
                "compat=0.10",
                "cluster_size=4k",
                "cluster_size=2M",
                "lazy_refcounts=on",
                "preallocation=metadata",
                "refcount_bits=1"
            })
    void whatQemuImgWrites_isTaken(String option) throws IOException, InterruptedException, RefusedFileException {
        // Given
        Path raw = dir.resolve("source.raw");
        byte[] content = new byte[(5 << 20) + 512];
        new Random(1).nextBytes(content);
        Arrays.fill(content, 100_000, 3_000_000, (byte) 0);
        Files.write(raw, content);
        Path made = dir.resolve("made.qcow2");
        for (List<String> how : List.of(List.of("-o", option), List.of("-c", "-o", option))) {
            if (how.contains("-c") && option.startsWith("preallocation")) {
                continue;
            }
            List<String> command = new ArrayList<>(List.of("qemu-img", "convert", "-q", "-f", "raw", "-O", "qcow2"));
            command.addAll(how);
            command.addAll(List.of(raw.toString(), made.toString()));
            run(command.toArray(String[]::new));

            // When / Then
            assertThat(inspector.disk(made, DiskFormat.QCOW2)).isEqualTo(content.length);
        }
    }

    @Test
    void tablesWithoutEnd_areGivenUpInTime() throws IOException {
        // Given
        Path file = Files.write(dir.resolve("slow.qcow2"), new Qcow2Builder().bytes());
        FileInspector hurried =
                new FileInspector(new InspectionLimits(100L << 30, 1, Duration.ofSeconds(-1)), Clock.systemUTC());

        // When / Then
        assertThatThrownBy(() -> hurried.disk(file, DiskFormat.QCOW2)).hasMessageContaining("too long");
    }
}
