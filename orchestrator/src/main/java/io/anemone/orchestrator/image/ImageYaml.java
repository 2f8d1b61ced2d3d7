package io.anemone.orchestrator.image;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.anemone.core.image.ImageContent.DiskFormat;
import io.anemone.core.image.ImageNeeds;
import io.anemone.core.image.ImageReference;
import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.image.ReadinessProbe.Kind;
import io.anemone.orchestrator.problem.Characters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one {@code image.yaml}, strictly: a typing error must not become a guest that boots something else. */
final class ImageYaml {

    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_TIMEOUT_SECONDS = 24 * 60 * 60;
    private static final Pattern NAME = Pattern.compile(ImageReference.SIMPLE_NAME);
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");
    // No segment starts with a dot, so none is "..", and the first character is no slash
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");

    private static final YAMLMapper MAPPER = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private ImageYaml() {}

    /** The file as it is written. */
    record Written(
            @Nullable String name,
            @Nullable String description,
            @Nullable String kernel,
            @Nullable String initrd,
            @Nullable String cmdline,
            @Nullable String disk,
            @Nullable String diskFormat,
            @Nullable String defaultUser,
            @Nullable Readiness readiness,
            @Nullable Integer minMemoryMiB,
            @Nullable Integer minDiskGiB) {}

    record Readiness(
            @Nullable String kind,
            @Nullable Integer timeoutSeconds,
            @Nullable String pattern) {}

    /** The file does not describe an image. */
    static final class BrokenImage extends Exception {
        private static final long serialVersionUID = 1L;

        BrokenImage(String why) {
            super(why);
        }
    }

    /**
     * @param file      the {@code image.yaml}
     * @param directory name of the directory that it is in, which must be the image's
     * @throws BrokenImage with what to mend
     */
    static SiteImage read(Path file, String directory) throws IOException, BrokenImage {
        if (Files.size(file) > MAX_BYTES) {
            throw new BrokenImage("it is larger than " + MAX_BYTES / 1024 + " KiB");
        }
        Written written = MAPPER.readValue(Files.readAllBytes(file), Written.class);
        if (written == null) {
            throw new BrokenImage("it is empty");
        }
        String name = matching("name", written.name(), NAME);
        if (!name.equals(directory)) {
            throw new BrokenImage("its name is not the name of its directory");
        }
        return image(name, written);
    }

    private static SiteImage image(String name, Written written) throws BrokenImage {
        String kernel = fileName("kernel", written.kernel());
        String initrd = fileName("initrd", written.initrd());
        String disk = fileName("disk", written.disk());
        if (kernel == null && disk == null) {
            throw new BrokenImage("it has neither a kernel nor a disk to boot from");
        }
        if (kernel == null && (initrd != null || written.cmdline() != null)) {
            throw new BrokenImage("initrd and cmdline mean nothing without a kernel");
        }
        String cmdline = written.cmdline() == null ? null : oneLine("cmdline", written.cmdline());
        int diskGiB = written.minDiskGiB() == null ? 0 : atLeast(0, "minDiskGiB", written.minDiskGiB());
        return new SiteImage(
                name,
                oneLine("description", written.description() == null ? name : written.description()),
                new SiteImage.Boot(kernel, initrd, cmdline),
                disk,
                diskFormat(disk, written.diskFormat()),
                matching("defaultUser", written.defaultUser(), USER),
                readiness(written.readiness()),
                new ImageNeeds(
                        atLeast(1, "minMemoryMiB", written.minMemoryMiB()), diskGiB, ImageNeeds.Architecture.X86_64));
    }

    private static @Nullable DiskFormat diskFormat(@Nullable String disk, @Nullable String format) throws BrokenImage {
        if ((disk == null) != (format == null)) {
            throw new BrokenImage("disk and diskFormat belong together: one of them is missing");
        }
        return switch (format) {
            case "qcow2" -> DiskFormat.QCOW2;
            case "raw" -> DiskFormat.RAW;
            case null -> null;
            default -> throw new BrokenImage("diskFormat must be qcow2 or raw");
        };
    }

    private static ReadinessProbe readiness(@Nullable Readiness readiness) throws BrokenImage {
        if (readiness == null || readiness.kind() == null) {
            throw new BrokenImage("readiness needs kind and timeoutSeconds");
        }
        int seconds = atLeast(1, "readiness.timeoutSeconds", readiness.timeoutSeconds());
        if (seconds > MAX_TIMEOUT_SECONDS) {
            throw new BrokenImage("readiness.timeoutSeconds must be at most " + MAX_TIMEOUT_SECONDS);
        }
        Kind kind = switch (readiness.kind().toLowerCase(Locale.ROOT)) {
            case "ssh" -> Kind.SSH;
            case "agent" -> Kind.AGENT;
            case "console" -> Kind.CONSOLE;
            case "cloud-init" -> Kind.CLOUD_INIT;
            case "none" -> Kind.NONE;
            default -> throw new BrokenImage("readiness.kind must be ssh, agent, console, cloud-init or none");
        };
        return new ReadinessProbe(
                kind, Duration.ofSeconds(seconds), pattern(kind, readiness.pattern()), ReadinessProbe.OnTimeout.TELL);
    }

    private static @Nullable String pattern(Kind kind, @Nullable String pattern) throws BrokenImage {
        if ((kind == Kind.CONSOLE) != (pattern != null)) {
            throw new BrokenImage("readiness.pattern belongs to readiness.kind console: one of them is missing");
        }
        boolean good = pattern == null
                || (!pattern.isBlank()
                        && pattern.length() <= ReadinessProbe.MAX_PATTERN
                        && Characters.harmless(pattern));
        if (!good) {
            throw new BrokenImage(
                    "readiness.pattern must be one line of at most " + ReadinessProbe.MAX_PATTERN + " characters");
        }
        return pattern;
    }

    private static String matching(String key, @Nullable String value, Pattern pattern) throws BrokenImage {
        if (value == null || !pattern.matcher(value).matches()) {
            throw new BrokenImage(key + " must match " + pattern);
        }
        return value;
    }

    private static @Nullable String fileName(String key, @Nullable String value) throws BrokenImage {
        return value == null ? null : matching(key, value, FILE);
    }

    private static String oneLine(String key, String value) throws BrokenImage {
        if (!Characters.harmless(value.strip())) {
            throw new BrokenImage(key + " must be one line");
        }
        return value.strip();
    }

    private static int atLeast(int least, String key, @Nullable Integer value) throws BrokenImage {
        if (value == null || value < least) {
            throw new BrokenImage(key + " must be a whole number of at least " + least);
        }
        return value;
    }
}
