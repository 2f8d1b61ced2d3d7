package io.anemone.cli.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Api;
import io.anemone.cli.api.Image;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.OutputOption;
import io.anemone.cli.text.Cell;
import io.anemone.cli.text.Memory;
import io.anemone.cli.text.Spans;
import io.anemone.cli.text.Style;
import io.anemone.cli.text.Table;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code anemone image show}. */
@Command(name = "show", description = "An image and its revisions.")
final class ImageShow implements Callable<Integer> {

    private final Cli cli;

    @Parameters(paramLabel = "IMAGE", description = "Its name.")
    private String given = "";

    @Mixin
    private OutputOption output = new OutputOption();

    ImageShow(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        Api api = cli.api();
        Image found = new ImageFinder(api).find(given).image();
        if (output.json()) {
            // Those of the site's directory are only in the list
            JsonNode node = api.get("/images/" + Api.segment(found.id()));
            cli.print(node);
        } else {
            print(found);
        }
        return ExitCode.DONE.code();
    }

    private void print(Image image) {
        fact("Name", image.name());
        fact("Description", image.description());
        fact("Tier", image.tier().toLowerCase(Locale.ROOT));
        fact("Seen by", image.sharing());
        fact("Keys are for", image.defaultUser());
        fact("Least memory", Memory.text(image.minMemoryMiB()));
        if (image.minDiskGiB() > 0) {
            fact("Least disk", image.minDiskGiB() + "G");
        }
        Table table = new Table("REVISION", "STATE", "AGE", "DISK", "FILES", "NOTE");
        for (Image.Revision revision : image.all()) {
            table.row(
                    revision.reference(),
                    state(image, revision),
                    revision.createdAt() == null
                            ? "-"
                            : Spans.age(revision.createdAt(), cli.clock().instant()),
                    revision.virtualBytes() == 0 ? "-" : Bytes.text(revision.virtualBytes()),
                    revision.fileList().stream().map(ImageShow::file).collect(Collectors.joining(", ")),
                    revision.message());
        }
        cli.print(table);
    }

    private void fact(String name, @Nullable String value) {
        cli.print(String.format(Locale.ROOT, "%-14s %s", name, value == null ? "-" : value));
    }

    private static Cell state(Image image, Image.Revision revision) {
        boolean current = Objects.equals(image.current(), revision.revision());
        String text = revision.state().toLowerCase(Locale.ROOT) + (current ? ", current" : "");
        return switch (revision.state()) {
            case "ACTIVE" -> Cell.styled(text, Style.GREEN);
            case "REFUSED" -> Cell.styled(text, Style.RED);
            default -> Cell.styled(text, Style.YELLOW);
        };
    }

    private static String file(Image.File file) {
        Long bytes = file.bytes();
        String size = bytes == null ? Bytes.text(file.received()) : Bytes.text(bytes);
        return file.role() + " " + (file.complete() ? size : Bytes.text(file.received()) + " of " + size);
    }
}
