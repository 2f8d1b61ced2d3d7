package io.anemone.cli.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anemone.cli.api.Api;
import io.anemone.cli.api.Image;
import io.anemone.cli.api.Json;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.OutputOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anemone image import}. The site fetches it; it goes on when this command does not. */
@Command(
        name = "import",
        description = "Have the site fetch a new revision of an image of yours, from where operators allow.",
        footer = {
            "",
            "Example:",
            "  anemone image import https://images.example.org/solver.qcow2 --name solver --format qcow2 --user debian"
        })
final class ImageImport implements Callable<Integer> {

    private final Cli cli;

    @Parameters(paramLabel = "DISK", arity = "0..1", description = "URL of the disk, or a path on the service host.")
    private @Nullable String disk;

    @Option(names = "--sha256", paramLabel = "DIGEST", description = "SHA-256 that the disk must have.")
    private @Nullable String sha256;

    @Option(names = "--kernel", paramLabel = "SOURCE", description = "Kernel to boot directly.")
    private @Nullable String kernel;

    @Option(names = "--initrd", paramLabel = "SOURCE", description = "Its initial RAM disk.")
    private @Nullable String initrd;

    @Option(names = "--no-wait", description = "Do not wait until it is there and checked.")
    private boolean noWait;

    @Mixin
    private Description description = new Description();

    @Mixin
    private OutputOption output = new OutputOption();

    ImageImport(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ObjectNode body = description.body();
        ArrayNode files = body.putArray("files");
        add(files, "disk", disk, sha256);
        add(files, "kernel", kernel, null);
        add(files, "initrd", initrd, null);
        Api api = cli.api();
        JsonNode answer = api.post("/images", body);
        Image image = Json.as(answer, Image.class);
        Image.Revision revision = image.all().getFirst();
        if (!noWait) {
            answer = new Outcome(cli, api).of(image.id(), revision.revision());
        }
        if (output.json()) {
            cli.print(answer);
        } else {
            cli.print(revision.reference() + (noWait ? " is being fetched." : " can be booted."));
        }
        return ExitCode.DONE.code();
    }

    private static void add(ArrayNode files, String role, @Nullable String source, @Nullable String sha256) {
        if (source != null) {
            ObjectNode file = files.addObject().put("role", role).put("source", source);
            if (sha256 != null) {
                file.put("sha256", sha256);
            }
        }
    }
}
