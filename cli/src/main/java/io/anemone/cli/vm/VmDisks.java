package io.anemone.cli.vm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anemone.cli.api.Json;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import io.anemone.cli.text.Gibibytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that describe a VM's disks. */
final class VmDisks {

    @Option(
            names = "--root-size",
            paramLabel = "SIZE",
            description = "20G: its root disk, at least as large as its image's.")
    private @Nullable String root;

    @Option(
            names = "--scratch",
            paramLabel = "SIZE",
            description = "10G: an empty disk that ends with the VM; repeatable.")
    private List<String> scratch = new ArrayList<>();

    @Option(
            names = "--volume",
            paramLabel = "NAME",
            description = "A volume of yours, which no other VM may have meanwhile; repeatable. See: anemone volume"
                    + " list.")
    private List<String> volumes = new ArrayList<>();

    @Option(
            names = "--share",
            paramLabel = "DIR=TAG[:ro]",
            description = "A directory of the cluster that the guest mounts by TAG over 9p; repeatable.")
    private List<String> shares = new ArrayList<>();

    /** Adds what was asked for, and nothing if nothing was. */
    void addTo(ObjectNode body) {
        ObjectNode storage = Json.object();
        if (root != null) {
            storage.put("rootGiB", Gibibytes.parse(root));
        }
        if (!scratch.isEmpty()) {
            ArrayNode sizes = storage.putArray("scratchGiB");
            scratch.forEach(size -> sizes.add(Gibibytes.parse(size)));
        }
        if (!volumes.isEmpty()) {
            volumes.forEach(storage.putArray("volumes")::add);
        }
        if (!shares.isEmpty()) {
            ArrayNode all = storage.putArray("shares");
            shares.forEach(share -> all.add(share(share)));
        }
        if (!storage.isEmpty()) {
            body.set("storage", storage);
        }
    }

    /** The tag has neither of these characters, a directory may have both. */
    private static ObjectNode share(String text) {
        boolean readOnly = text.endsWith(":ro");
        String plain = readOnly ? text.substring(0, text.length() - ":ro".length()) : text;
        int equals = plain.lastIndexOf('=');
        if (equals < 1 || equals == plain.length() - 1) {
            throw new CliException(
                    ExitCode.USAGE, "'" + text + "' is no share: write DIR=TAG, or DIR=TAG:ro to read only.");
        }
        return Json.object()
                .put("path", plain.substring(0, equals))
                .put("tag", plain.substring(equals + 1))
                .put("readOnly", readOnly);
    }
}
