package io.anemone.cli.volume;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Json;
import io.anemone.cli.api.Volume;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.OutputOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code anemone volume show}. */
@Command(name = "show", description = "One volume, and which VM has it.")
public final class VolumeShow implements Callable<Integer> {

    private final Cli cli;

    @Parameters(paramLabel = "VOLUME", description = "Its name or id.")
    private String given = "";

    @Mixin
    private OutputOption output = new OutputOption();

    public VolumeShow(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        JsonNode volume = VolumeFinder.find(cli.api(), given);
        if (output.json()) {
            cli.print(volume);
        } else {
            cli.print(VolumeTable.of(List.of(Json.as(volume, Volume.class))));
        }
        return ExitCode.DONE.code();
    }
}
