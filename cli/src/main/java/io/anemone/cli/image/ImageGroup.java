package io.anemone.cli.image;

import io.anemone.cli.command.Cli;
import io.anemone.cli.command.Group;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code anemone image}. */
@Command(name = "image", description = "Images: what a VM boots from.")
public final class ImageGroup extends Group {

    private ImageGroup() {}

    public static void addTo(CommandLine root, Cli cli) {
        root.addSubcommand(new CommandLine(new ImageGroup())
                .addSubcommand(new ImageList(cli))
                .addSubcommand(new ImageShow(cli))
                .addSubcommand(new ImageUpload(cli))
                .addSubcommand(new ImageImport(cli))
                .addSubcommand(new RevisionAction.Deprecate(cli))
                .addSubcommand(new RevisionAction.Rollback(cli))
                .addSubcommand(new RevisionAction.Delete(cli))
                .addSubcommand(new ImageShare(cli)));
    }
}
