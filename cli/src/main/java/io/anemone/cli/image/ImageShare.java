package io.anemone.cli.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anemone.cli.api.Api;
import io.anemone.cli.api.Image;
import io.anemone.cli.api.Json;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anemone image share}. */
@Command(name = "share", description = "Say who beside you sees an image and may boot it.")
final class ImageShare implements Callable<Integer> {

    private final Cli cli;

    @Parameters(paramLabel = "IMAGE", description = "Its name.")
    private String given = "";

    @Option(names = "--private", description = "Nobody.")
    private boolean mine;

    @Option(names = "--project", paramLabel = "PROJECT", description = "The accounts of this project.")
    private @Nullable String project;

    @Option(names = "--public", description = "Everybody. Operators do that, unless they let users.")
    private boolean everybody;

    ImageShare(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        int said = (mine ? 1 : 0) + (project == null ? 0 : 1) + (everybody ? 1 : 0);
        if (said != 1) {
            throw new CliException(ExitCode.USAGE, "Give one of --private, --project PROJECT and --public.");
        }
        Api api = cli.api();
        Image image = new ImageFinder(api).find(given).image();
        ObjectNode body = Json.object().put("visibility", mine ? "private" : everybody ? "public" : "project");
        if (project != null) {
            body.put("project", project);
        }
        Image now = Json.as(api.post("/images/" + Api.segment(image.id()) + "/actions/share", body), Image.class);
        cli.print(now.name() + " is seen by: " + now.sharing());
        return ExitCode.DONE.code();
    }
}
