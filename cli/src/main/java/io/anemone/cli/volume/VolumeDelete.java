package io.anemone.cli.volume;

import io.anemone.cli.api.Api;
import io.anemone.cli.api.Json;
import io.anemone.cli.api.Volume;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code anemone volume delete}. */
@Command(name = "delete", description = "Delete volumes, with all that is on them. One that a VM has is refused.")
public final class VolumeDelete implements Callable<Integer> {

    private final Cli cli;

    @Parameters(arity = "1..*", paramLabel = "VOLUME", description = "Names or ids.")
    private List<String> given = new ArrayList<>();

    public VolumeDelete(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Api api = cli.api();
        for (String name : given) {
            Volume volume = Json.as(VolumeFinder.find(api, name), Volume.class);
            api.delete("/volumes/" + Api.segment(volume.id()));
            cli.print("Volume " + volume.name() + " (" + volume.id() + ") is deleted.");
        }
        return ExitCode.DONE.code();
    }
}
