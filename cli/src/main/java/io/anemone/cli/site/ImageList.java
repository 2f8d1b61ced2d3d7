package io.anemone.cli.site;

import io.anemone.cli.api.Offer;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.ListCommand;
import io.anemone.cli.text.Memory;
import io.anemone.cli.text.Table;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code anemone image list}. */
@Command(name = "list", description = "What a VM can boot from.")
public final class ImageList extends ListCommand<Offer.Image> {

    public ImageList(Cli cli) {
        super(cli, Offer.Image.class);
    }

    @Override
    protected String path() {
        return "/images";
    }

    @Override
    protected Table table(List<Offer.Image> items) {
        Table table = new Table("NAME", "USER", "MIN MEMORY", "DESCRIPTION");
        items.forEach(image ->
                table.row(image.name(), image.defaultUser(), Memory.text(image.minMemoryMiB()), image.description()));
        return table;
    }

    @Override
    protected String emptyText() {
        return "There are no images. An operator puts them into the images directory of the site.";
    }
}
