package io.anemone.cli.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anemone.cli.api.Api;
import io.anemone.cli.api.Image;
import io.anemone.cli.api.Json;
import io.anemone.cli.api.Pieces;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.command.Cli;
import io.anemone.cli.command.OutputOption;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anemone image upload}. Broken off and run again, it goes on where it was. */
@Command(
        name = "upload",
        description = "Bring a new revision of an image of yours.",
        footer = {
            "",
            "Examples:",
            "  anemone image upload disk.qcow2 --name solver --format qcow2 --user debian",
            "  anemone image upload --kernel vmlinuz --initrd initrd.img --name tiny --user root --cmdline console=ttyS0",
            "",
            "Run again after it broke off, it goes on where it was."
        })
final class ImageUpload implements Callable<Integer> {

    private final Cli cli;

    @Parameters(
            paramLabel = "DISK",
            arity = "0..1",
            description = "The disk; leave it out for a kernel with an initrd.")
    private @Nullable Path disk;

    @Option(names = "--kernel", paramLabel = "FILE", description = "Kernel to boot directly.")
    private @Nullable Path kernel;

    @Option(names = "--initrd", paramLabel = "FILE", description = "Its initial RAM disk.")
    private @Nullable Path initrd;

    @Mixin
    private Description description = new Description();

    @Mixin
    private OutputOption output = new OutputOption();

    ImageUpload(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        List<LocalFile> files = new ArrayList<>();
        add(files, "disk", disk);
        add(files, "kernel", kernel);
        add(files, "initrd", initrd);
        if (files.isEmpty()) {
            throw new CliException(ExitCode.USAGE, "Give a disk or a kernel.", "see: anemone image upload --help");
        }
        Api api = cli.api();
        Begun begun = begun(api, files).orElseGet(() -> begin(api, files));
        for (LocalFile file : files) {
            send(api, begun, file);
        }
        JsonNode done = new Outcome(cli, api).of(begun.id(), begun.revision());
        if (output.json()) {
            cli.print(done);
        } else {
            cli.print(begun.reference() + " can be booted.");
        }
        return ExitCode.DONE.code();
    }

    private record Begun(String id, int revision, String reference) {
        static Begun of(Image image, Image.Revision revision) {
            return new Begun(image.id(), revision.revision(), revision.reference());
        }
    }

    private static void add(List<LocalFile> files, String role, @Nullable Path path) {
        if (path != null) {
            files.add(LocalFile.of(role, path));
        }
    }

    /** The revision that an earlier run began with the very same files. */
    private Optional<Begun> begun(Api api, List<LocalFile> files) {
        return new ImageFinder(api)
                .named(description.name())
                .filter(image -> image.yours() && image.tier().equals("GOLDEN") == description.golden())
                .flatMap(image -> image.all().stream()
                        .filter(revision -> revision.state().equals("RECEIVING") && same(revision, files))
                        .findFirst()
                        .map(revision -> Begun.of(image, revision)));
    }

    private static boolean same(Image.Revision revision, List<LocalFile> files) {
        return revision.fileList().size() == files.size()
                && files.stream()
                        .allMatch(file -> revision.fileList().stream()
                                .anyMatch(there -> there.role().equals(file.role())
                                        && file.sha256().equals(there.sha256())));
    }

    private Begun begin(Api api, List<LocalFile> files) {
        ObjectNode body = description.body();
        ArrayNode list = body.putArray("files");
        for (LocalFile file : files) {
            list.addObject().put("role", file.role()).put("bytes", file.bytes()).put("sha256", file.sha256());
        }
        Image image = Json.as(api.post("/images", body), Image.class);
        return Begun.of(image, image.all().getFirst());
    }

    private void send(Api api, Begun begun, LocalFile file) {
        String path = "/images/" + Api.segment(begun.id()) + "/revisions/" + begun.revision() + "/files/" + file.role();
        try (Pieces pieces = api.pieces(path);
                RandomAccessFile content = new RandomAccessFile(file.path().toFile(), "r")) {
            long at = pieces.offset();
            Progress progress = new Progress(cli, file.role(), file.bytes(), at);
            while (at < file.bytes()) {
                byte[] piece = new byte[(int) Math.min(Pieces.LARGEST, file.bytes() - at)];
                content.seek(at);
                content.readFully(piece);
                at = pieces.send(at, piece);
                progress.at(at);
            }
        } catch (IOException e) {
            throw new CliException(ExitCode.USAGE, "The file " + file.path() + " cannot be read: " + e.getMessage());
        }
    }
}
