package io.anemone.cli.vm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anemone.cli.api.Json;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import io.anemone.cli.text.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that describe a VM. Their values are checked by the server, so that there is one set of rules. */
final class VmRequest {

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the VM: lower case letters, digits, dashes.")
    private String name = "";

    @Option(names = "--image", required = true, paramLabel = "IMAGE", description = "See: anemone image list.")
    private String image = "";

    @Option(names = "--flavor", paramLabel = "FLAVOR", description = "Its size by name; see: anemone flavor list.")
    private @Nullable String flavor;

    @Option(names = "--vcpus", paramLabel = "N", description = "Its size without a flavor, together with --memory.")
    private @Nullable Integer vcpus;

    @Option(names = "--memory", paramLabel = "SIZE", description = "512, 512M (MiB) or 2G (GiB).")
    private @Nullable String memory;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description =
                    "static: on a node that a pool holds, at once. scheduled: by a job of its own under your name."
                            + " Default: ${DEFAULT-VALUE}.")
    private String path = "scheduled";

    @Option(names = "--walltime", paramLabel = "TIME", description = "How long it may last: 90m, 4h, 2d.")
    private @Nullable Duration walltime;

    @Option(
            names = {"-i", "--ssh-key"},
            paramLabel = "FILE",
            description = "Public key that may log in; repeatable. Default: those in ~/.ssh.")
    private List<Path> sshKeys = new ArrayList<>();

    @Option(
            names = {"-l", "--label"},
            paramLabel = "KEY=VALUE",
            description = "A label; repeatable.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--user-data", paramLabel = "FILE", description = "cloud-init user data; - for standard input.")
    private @Nullable String userData;

    @Option(names = "--project", paramLabel = "PROJECT", description = "The project (account) that pays.")
    private @Nullable String project;

    @Option(names = "--partition", paramLabel = "PARTITION", description = "Scheduled: see anemone partition list.")
    private @Nullable String partition;

    @Option(names = "--pool", paramLabel = "POOL", description = "Static: see anemone pool list.")
    private @Nullable String pool;

    @Option(
            names = "--readiness",
            paramLabel = "PROBE",
            description = "What makes it READY: ssh, agent, console, cloud-init or none. Default: as its image says.")
    private @Nullable String readiness;

    @Option(
            names = "--ready-within",
            paramLabel = "TIME",
            description = "Its boot deadline, for example 10m. Default: as its image says.")
    private @Nullable Duration readyWithin;

    @Option(
            names = "--ready-text",
            paramLabel = "TEXT",
            description = "With --readiness console: the text that its console must show.")
    private @Nullable String readyText;

    @Option(
            names = "--ready-or-fail",
            description =
                    "End it when its boot deadline passes. Default: it goes on, and its record says what is missing.")
    private boolean readyOrFail;

    @Mixin
    private MachineOptions machine = new MachineOptions();

    @Mixin
    private VmDisks disks = new VmDisks();

    ObjectNode body(Cli cli) {
        ObjectNode body = Json.object().put("name", name).put("image", image).put("path", path);
        size(body);
        put(body, "walltime", walltime == null ? null : walltime.toString());
        put(body, "project", project);
        put(body, "partition", partition);
        put(body, "pool", pool);
        readiness(body);
        if (userData != null) {
            body.put("userData", userData(cli, userData));
        }
        List<String> keys = sshKeys.isEmpty() ? SshKeys.usual(cli.environment().home()) : SshKeys.of(sshKeys);
        if (keys.isEmpty()) {
            cli.note("No ssh key was found in ~/.ssh: nobody will be able to log in by key (--ssh-key FILE).");
        }
        keys.forEach(body.putArray("sshKeys")::add);
        ObjectNode labelNode = body.putObject("labels");
        labels.forEach(labelNode::put);
        disks.addTo(body);
        machine.into(body);
        return body;
    }

    private void readiness(ObjectNode body) {
        if (readiness == null && readyWithin == null && readyText == null && !readyOrFail) {
            return;
        }
        ObjectNode node = body.putObject("readiness");
        put(node, "kind", readiness);
        put(node, "timeout", readyWithin == null ? null : readyWithin.toString());
        put(node, "pattern", readyText);
        put(node, "onTimeout", readyOrFail ? "fail" : null);
    }

    private void size(ObjectNode body) {
        boolean own = vcpus != null || memory != null;
        if (flavor != null && own) {
            throw new CliException(ExitCode.USAGE, "Give --flavor, or --vcpus and --memory, not both.");
        }
        if (flavor == null && (vcpus == null || memory == null)) {
            throw new CliException(
                    ExitCode.USAGE,
                    "Say how large it shall be: --flavor, or --vcpus and --memory.",
                    "see: anemone flavor list");
        }
        put(body, "flavor", flavor);
        if (vcpus != null) {
            body.put("vcpus", vcpus);
        }
        if (memory != null) {
            try {
                body.put("memoryMiB", Memory.parseMiB(memory));
            } catch (IllegalArgumentException e) {
                throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
            }
        }
    }

    private static void put(ObjectNode body, String field, @Nullable String value) {
        if (value != null) {
            body.put(field, value);
        }
    }

    private static String userData(Cli cli, String file) {
        try {
            return file.equals("-")
                    ? new String(cli.terminal().in().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.USAGE,
                    "The user data cannot be read: " + file + " ("
                            + e.getClass().getSimpleName() + ").");
        }
    }
}
