package io.anemone.cli.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anemone.cli.api.Json;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.text.Memory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is said of an image that is brought, whichever way. */
final class Description {

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "Its name; it will be called YOU/NAME.")
    private String name = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "One line for people.")
    private @Nullable String description;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "What the disk is: qcow2 or raw. Nobody guesses it.")
    private @Nullable String format;

    @Option(names = "--cmdline", paramLabel = "TEXT", description = "Kernel command line; only with --kernel.")
    private @Nullable String cmdline;

    @Option(
            names = "--user",
            paramLabel = "USER",
            required = true,
            description = "The account in the guest that ssh keys are for.")
    private String user = "";

    @Option(names = "--min-memory", paramLabel = "SIZE", description = "Least memory that it boots in. Default: 256M.")
    private @Nullable String memory;

    @Option(names = "--min-disk", paramLabel = "GIB", description = "Least size of its disk, in GiB.")
    private @Nullable Integer disk;

    @Option(
            names = "--readiness",
            paramLabel = "KIND",
            description = "What makes a guest READY: ssh, agent, cloud-init or none. Default: ssh.")
    private @Nullable String readiness;

    @Option(
            names = "--ready-within",
            paramLabel = "TIME",
            description = "How long that usually takes at most. Default: 3m.")
    private @Nullable Duration readyWithin;

    @Option(names = "--golden", description = "Operators: an image of the site's own, with no owner in its name.")
    private boolean golden;

    String name() {
        return name;
    }

    boolean golden() {
        return golden;
    }

    ObjectNode body() {
        ObjectNode body = Json.object().put("name", name).put("defaultUser", user);
        put(body, "description", description);
        put(body, "diskFormat", format);
        put(body, "cmdline", cmdline);
        if (golden) {
            body.put("tier", "golden");
        }
        if (memory != null) {
            body.put("minMemoryMiB", memoryMiB(memory));
        }
        if (disk != null) {
            body.put("minDiskGiB", disk);
        }
        if (readiness != null || readyWithin != null) {
            ObjectNode probe = body.putObject("readiness");
            probe.put("kind", readiness == null ? "ssh" : readiness);
            if (readyWithin != null) {
                probe.put("timeoutSeconds", readyWithin.toSeconds());
            }
        }
        return body;
    }

    private static int memoryMiB(String text) {
        try {
            return Memory.parseMiB(text);
        } catch (IllegalArgumentException e) {
            throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private static void put(ObjectNode body, String field, @Nullable String value) {
        if (value != null) {
            body.put(field, value);
        }
    }
}
