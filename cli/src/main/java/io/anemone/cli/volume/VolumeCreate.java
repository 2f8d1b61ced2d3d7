package io.anemone.cli.volume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anemone.cli.api.Json;
import io.anemone.cli.api.Volume;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.OutputOption;
import io.anemone.cli.text.Gibibytes;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anemone volume create}. */
@Command(
        name = "create",
        description = "Make a volume: a disk that outlives the VMs that use it, one at a time.",
        footer = {
            "",
            "Example:",
            "  anemone volume create results --size 50G",
            "  anemone vm create solver --image debian-12 --flavor medium --volume results",
            "",
            "It is empty: the first guest formats it, as /dev/disk/by-id/virtio-results."
        })
public final class VolumeCreate implements Callable<Integer> {

    private final Cli cli;

    @Parameters(paramLabel = "NAME", description = "1 to 20 lower case letters, digits, dashes.")
    private String name = "";

    @Option(names = "--size", required = true, paramLabel = "SIZE", description = "50G or 2T.")
    private String size = "";

    @Option(
            names = "--place",
            paramLabel = "PLACE",
            description = "job: for VMs of the paths scheduled and direct. pool: for VMs of the path static."
                    + " Default: job.")
    private @Nullable String place;

    @Option(names = "--project", paramLabel = "PROJECT", description = "The project that it is for.")
    private @Nullable String project;

    @Mixin
    private OutputOption output = new OutputOption();

    public VolumeCreate(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        ObjectNode body = Json.object().put("name", name).put("sizeGiB", Gibibytes.parse(size));
        if (place != null) {
            body.put("place", place);
        }
        if (project != null) {
            body.put("project", project);
        }
        JsonNode made = cli.api().post("/volumes", body);
        if (output.json()) {
            cli.print(made);
        } else {
            Volume volume = Json.as(made, Volume.class);
            cli.print("Volume " + volume.name() + " (" + volume.id() + ") is made.");
            cli.print("Use it: anemone vm create NAME --volume " + volume.name() + " …");
        }
        return ExitCode.DONE.code();
    }
}
