package io.anemone.orchestrator.image.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.anemone.core.image.ImageContent.DiskFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Inspectors that misbehave. Each is a script that bubblewrap lets in as the program itself. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CageTest {

    private static final String CANARY = "canary-6f1d2c";

    @TempDir
    private static Path dir;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static Cage cage;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static Path image;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        cage = Cage.build(new Cage.Limits(512L << 20, Duration.ofSeconds(2), Duration.ofSeconds(5)));
        image = Files.write(dir.resolve("image"), new Qcow2Builder().bytes());
    }

    private static Cage.Outcome run(String script) throws IOException, InterruptedException {
        Path program = Files.writeString(Files.createTempFile(dir, "inspector", ""), "#!/bin/bash\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return cage.run(program, List.of(), image);
    }

    @Test
    void memoryBomb_diesOfItsLimit() throws IOException, InterruptedException {
        Cage.Outcome outcome = run("exec /usr/bin/perl -e '$x = \"a\" x (4 << 30); print \"had it all\"'");

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.output()).doesNotContain("had it all");
    }

    @Test
    void whoeverSpins_diesOfItsProcessorTime() throws IOException, InterruptedException {
        Instant begin = Instant.now();

        Cage.Outcome outcome = run("while :; do :; done");

        assertThat(outcome.exitCode()).isGreaterThanOrEqualTo(128);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void whoeverSleeps_isKilledInTime_withItsChildren() throws IOException, InterruptedException {
        String mark = "31536" + ProcessHandle.current().pid();

        Cage.Outcome outcome = run("sleep " + mark + " & sleep " + mark + "; echo awake");

        assertThat(outcome.inTime()).isFalse();
        assertThat(outcome.output()).doesNotContain("awake");
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(line -> line.startsWith("sleep " + mark)))
                .isEmpty();
    }

    @Test
    void whoeverTalksWithoutEnd_isCutOff() throws IOException, InterruptedException {
        Cage.Outcome outcome = run("exec yes");

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.output()).hasSizeLessThanOrEqualTo(64 * 1024);
    }

    @Test
    void whoeverWrites_cannot() throws IOException, InterruptedException {
        for (String place : List.of(dir + "/written", "/tmp/written", "/image", "/usr/bin/written")) {
            run("echo " + CANARY + " >>" + place);
        }
        Cage.Outcome outcome = run("head -c 4 /image");

        assertThat(dir.resolve("written")).doesNotExist();
        assertThat(Files.readAllBytes(image)).isEqualTo(new Qcow2Builder().bytes());
        assertThat(outcome.output()).endsWith("QFI�");
    }

    @Test
    void filesOfTheHost_andItsNetworkAndProcesses_areNotThere() throws IOException, InterruptedException {
        // Given
        assumeThat(cage.missing()).as("what this host's cage lacks").isEmpty();
        Path secret = Files.writeString(dir.resolve("secret"), CANARY);

        // When
        Cage.Outcome outcome = run(
                "cat " + secret + " /proc/*/environ; ls " + dir
                        + "; (exec 3<>/dev/tcp/127.0.0.1/22) && echo connected; cat /sys/class/net/*/address; id -u; cat /etc/passwd");

        // Then
        assertThat(outcome.output())
                .doesNotContain(CANARY, "connected", "root:", "secret\n")
                .contains("65534");
    }

    @Test
    void qemuImg_readsNothingButTheImage_whateverItSays() throws IOException, InterruptedException {
        // Given
        Path secret = Files.writeString(dir.resolve("backing"), CANARY.repeat(1000));
        Path hostile = Files.write(
                dir.resolve("hostile"),
                new Qcow2Builder().backing(secret.toString()).bytes());

        // When: even if our own reader had let it pass
        Cage.Outcome info =
                cage.run(Path.of("/usr/bin/qemu-img"), List.of("info", "-f", "qcow2", "--backing-chain"), hostile);
        Cage.Outcome map =
                cage.run(Path.of("/usr/bin/qemu-img"), List.of("map", "-f", "qcow2", "--output=json"), hostile);

        // Then
        assertThat(info.output() + map.output()).doesNotContain(CANARY);
        if (cage.missing().isEmpty()) {
            assertThat(map.exitCode()).isNotZero();
            assertThat(map.output()).contains("No such file or directory");
        }
    }

    @Test
    void qemuImg_checksWhatItWroteItself() throws IOException, InterruptedException, RefusedFileException {
        // Given
        Path raw = Files.write(dir.resolve("raw"), new byte[3 << 20]);
        Path disk = dir.resolve("disk.qcow2");
        assertThat(new ProcessBuilder(
                                "qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw.toString(), disk.toString())
                        .start()
                        .waitFor())
                .isZero();

        // When
        Cage.Outcome outcome =
                cage.run(Path.of("/usr/bin/qemu-img"), List.of("check", "-q", "-f", "qcow2", "--output=json"), disk);

        // Then
        assertThat(outcome)
                .extracting(Cage.Outcome::exitCode, Cage.Outcome::inTime)
                .containsExactly(0, true);
        assertThat(new FileInspector(new InspectionLimits(1 << 30, 1, Duration.ofSeconds(5)), Clock.systemUTC())
                        .disk(disk, DiskFormat.QCOW2))
                .isEqualTo(3 << 20);
    }
}
