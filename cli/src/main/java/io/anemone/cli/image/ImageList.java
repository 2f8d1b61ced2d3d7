package io.anemone.cli.image;

import io.anemone.cli.api.Image;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.ListCommand;
import io.anemone.cli.text.Cell;
import io.anemone.cli.text.Memory;
import io.anemone.cli.text.Style;
import io.anemone.cli.text.Table;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code anemone image list}. */
@Command(name = "list", description = "What a VM can boot from.")
final class ImageList extends ListCommand<Image> {

    ImageList(Cli cli) {
        super(cli, Image.class);
    }

    @Override
    protected String path() {
        return "/images";
    }

    @Override
    protected Table table(List<Image> items) {
        Table table = new Table("NAME", "REV", "TIER", "SEEN BY", "USER", "MIN MEMORY", "DESCRIPTION");
        for (Image image : items) {
            table.row(
                    image.name(),
                    image.current() == null ? unfinished(image) : image.current(),
                    image.tier().toLowerCase(Locale.ROOT),
                    image.sharing(),
                    image.defaultUser(),
                    Memory.text(image.minMemoryMiB()),
                    image.description());
        }
        return table;
    }

    /** What its newest revision is instead of bootable. */
    private static Cell unfinished(Image image) {
        String state =
                image.all().isEmpty() ? "none" : image.all().getFirst().state().toLowerCase(Locale.ROOT);
        return Cell.styled(state, state.equals("refused") ? Style.RED : Style.YELLOW);
    }

    @Override
    protected String emptyText() {
        return "There are no images: bring one with anemone image upload.";
    }
}
