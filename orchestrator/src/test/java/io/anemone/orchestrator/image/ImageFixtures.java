package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageReference;
import io.anemone.orchestrator.image.inspection.HostileFiles;
import io.anemone.orchestrator.image.inspection.Qcow2Builder;
import io.anemone.orchestrator.request.KnownImages;
import io.anemone.orchestrator.scheduler.Configs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Images for tests. */
public final class ImageFixtures {

    private ImageFixtures() {}

    public static ImageConfig config(Path dir) {
        return config(dir, Map.of());
    }

    /** @param more settings below {@code anemone.images} */
    public static ImageConfig config(Path dir, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("anemone.images.dir", dir.toString());
        settings.put("anemone.images.store", dir.resolveSibling("store").toString());
        more.forEach((key, value) -> settings.put("anemone.images." + key, value));
        return Configs.of(ImageConfig.class, settings);
    }

    /** Reads files at once, in the thread that asks. */
    public static FileDigests digests() {
        return new FileDigests(Runnable::run);
    }

    /** The images of a directory alone, all of them the first of their name. */
    public static KnownImages known(Path dir) {
        ImageCatalog catalog = new ImageCatalog(config(dir), digests(), Clock.systemUTC());
        return new KnownImages() {
            @Override
            public ImageLookup await(ImageReference reference, String account) {
                return catalog.await(reference.name()) instanceof ImageLookup.Found(ImageDefinition image)
                        ? new ImageLookup.Found(first(image))
                        : new ImageLookup.Absent();
            }

            @Override
            public String names(String account) {
                return catalog.all().stream().map(image -> image.name()).collect(Collectors.joining(", "));
            }
        };
    }

    private static ImageDefinition first(ImageDefinition image) {
        return new ImageDefinition(
                image.name(),
                1,
                image.description(),
                image.content(),
                image.defaultUser(),
                image.readiness(),
                image.needs(),
                image.tier());
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

    /** An image with a kernel and a disk that would pass an inspection. */
    public static void writeWithDisk(Path dir, String name) {
        try {
            Path image = Files.createDirectories(dir.resolve(name));
            Files.write(image.resolve("vmlinuz"), HostileFiles.kernel(4096, 8192));
            Files.write(
                    image.resolve("root.qcow2"),
                    new Qcow2Builder().data("the site's").bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(dir, name, """
                name: %s
                description: A tiny guest with a disk
                kernel: vmlinuz
                cmdline: root=/dev/vda
                disk: root.qcow2
                diskFormat: qcow2
                defaultUser: someone
                readiness:
                  kind: console
                  pattern: login
                  timeoutSeconds: 60
                minMemoryMiB: 128
                """.formatted(name));
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
