package io.anemone.cli.image;

import io.anemone.cli.api.Api;
import io.anemone.cli.api.Image;
import io.anemone.cli.api.Json;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What is done with one revision. */
abstract sealed class RevisionAction implements Callable<Integer> {

    private final Cli cli;

    @Parameters(paramLabel = "IMAGE@REVISION", description = "Which; see: anemone image show IMAGE.")
    private String given = "";

    private RevisionAction(Cli cli) {
        this.cli = cli;
    }

    /** {@code anemone image deprecate}. */
    @Command(
            name = "deprecate",
            description = "Have the image's name not stand for it any more; its number still does.")
    static final class Deprecate extends RevisionAction {
        Deprecate(Cli cli) {
            super(cli);
        }

        @Override
        String perform(Api api, String path) {
            api.post(path + "/actions/deprecate", Json.object());
            return "is deprecated.";
        }
    }

    /** {@code anemone image rollback}. */
    @Command(
            name = "rollback",
            aliases = "restore",
            description = "Have the image's name stand for this revision from now on, deprecated or not.")
    static final class Rollback extends RevisionAction {
        Rollback(Cli cli) {
            super(cli);
        }

        @Override
        String perform(Api api, String path) {
            api.post(path + "/actions/make-current", Json.object());
            return "is current.";
        }
    }

    /** {@code anemone image delete}. */
    @Command(
            name = "delete",
            description = "Delete it: all revisions without @REVISION. VMs that were asked for with it go on.")
    static final class Delete extends RevisionAction {
        Delete(Cli cli) {
            super(cli);
        }

        @Override
        String perform(Api api, String path) {
            api.delete(path);
            return "is deleted.";
        }

        @Override
        List<Image.Revision> without(Image image) {
            return image.all();
        }
    }

    abstract String perform(Api api, String path);

    /** What is meant when no revision was named. */
    List<Image.Revision> without(Image image) {
        throw new CliException(
                ExitCode.USAGE,
                "Say which revision: " + image.name() + "@NUMBER.",
                "see: anemone image show " + image.name());
    }

    @Override
    public final Integer call() {
        Api api = cli.api();
        ImageFinder.Meant meant = new ImageFinder(api).find(given);
        Image image = meant.image();
        List<Image.Revision> revisions = meant.revision() == 0
                ? without(image)
                : image.number(meant.revision()).stream().toList();
        for (Image.Revision revision : revisions) {
            String path = "/images/" + Api.segment(image.id()) + "/revisions/" + revision.revision();
            cli.print(revision.reference() + " " + perform(api, path));
        }
        return ExitCode.DONE.code();
    }
}
