package io.anemone.orchestrator.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

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
        };
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
            Path file = Files.createDirectories(dir.resolve(name)).resolve("image.yaml");
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
