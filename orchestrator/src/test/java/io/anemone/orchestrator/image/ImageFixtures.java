package io.anemone.orchestrator.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Images for tests. */
public final class ImageFixtures {

    private ImageFixtures() {}

    public static ImageConfig config(Path dir) {
        return new ImageConfig() {
            @Override
            public Path dir() {
                return dir;
            }

            @Override
            public Duration rescan() {
                return Duration.ofSeconds(5);
            }

            @Override
            public Optional<List<String>> warm() {
                return Optional.empty();
            }

            @Override
            public Duration patience() {
                return Duration.ofSeconds(5);
            }
        };
    }

    /** Reads files at once, in the thread that asks. */
    public static FileDigests digests() {
        return new FileDigests(Runnable::run);
    }

    /** Describes an image that boots from its initrd. */
    public static void write(Path dir, String name, int minMemoryMiB) {
        write(dir, name, """
                name: %s
                description: A tiny guest for tests
                kernel: vmlinuz
                initrd: initrd.img
                cmdline: console=ttyS0 quiet
                defaultUser: root
                readiness:
                  kind: ssh
                  timeoutSeconds: 60
                minMemoryMiB: %d
                """.formatted(name, minMemoryMiB));
    }

    public static void write(Path dir, String name, String yaml) {
        try {
            Path image = Files.createDirectories(dir.resolve(name));
            for (String file : List.of("vmlinuz", "initrd.img", "root.qcow2")) {
                if (Files.notExists(image.resolve(file))) {
                    Files.write(image.resolve(file), new byte[32]);
                }
            }
            Files.writeString(image.resolve("image.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
