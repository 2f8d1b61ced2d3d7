package io.anemone.cli.volume;

import io.anemone.cli.command.Cli;
import io.anemone.cli.command.Group;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about volumes. */
@Command(name = "volume", description = "Volumes: disks that outlive their VMs.")
public final class VolumeGroup extends Group {

    private VolumeGroup() {}

    public static void addTo(CommandLine root, Cli cli) {
        root.addSubcommand(new CommandLine(new VolumeGroup())
                .addSubcommand(new VolumeCreate(cli))
                .addSubcommand(new VolumeList(cli))
                .addSubcommand(new VolumeShow(cli))
                .addSubcommand(new VolumeDelete(cli)));
    }
}
