package io.anemone.cli.volume;

import io.anemone.cli.api.Volume;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.ListCommand;
import io.anemone.cli.text.Table;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code anemone volume list}. */
@Command(name = "list", description = "Your volumes; operators: everybody's.")
public final class VolumeList extends ListCommand<Volume> {

    public VolumeList(Cli cli) {
        super(cli, Volume.class);
    }

    @Override
    protected String path() {
        return "/volumes";
    }

    @Override
    protected Table table(List<Volume> items) {
        return VolumeTable.of(items);
    }

    @Override
    protected String emptyText() {
        return "There are no volumes. To make one: anemone volume create NAME --size 10G";
    }
}
