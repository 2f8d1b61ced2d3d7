package io.anemone.cli.image;

import io.anemone.cli.api.Api;
import io.anemone.cli.api.Image;
import io.anemone.cli.api.Json;
import io.anemone.cli.base.CliException;
import io.anemone.cli.base.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From what people type to an image: {@code micro}, {@code alice/solver}, or {@code solver} for one of one's own. */
final class ImageFinder {

    private final Api api;

    ImageFinder(Api api) {
        this.api = api;
    }

    /**
     * What was meant.
     *
     * @param revision 0 if none was named
     */
    record Meant(Image image, int revision) {}

    Meant find(String given) {
        int at = given.lastIndexOf('@');
        String name = at < 0 ? given : given.substring(0, at);
        int revision = at < 0 ? 0 : number(given.substring(at + 1));
        Image image = named(name).orElseThrow(() -> absent(name));
        if (revision > 0 && image.number(revision).isEmpty()) {
            throw new CliException(
                    ExitCode.REFUSED,
                    "The image " + image.name() + " has no revision " + revision + ".",
                    "see: anemone image show " + image.name());
        }
        return new Meant(image, revision);
    }

    Optional<Image> named(String name) {
        List<Image> images = Json.items(api.all("/images", Map.of()), Image.class);
        Optional<Image> exact =
                images.stream().filter(image -> image.name().equals(name)).findFirst();
        List<Image> own = images.stream()
                .filter(image -> image.yours() && image.name().endsWith("/" + name))
                .toList();
        return exact.isPresent() || own.size() != 1 ? exact : Optional.of(own.getFirst());
    }

    private static int number(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new CliException(
                    ExitCode.USAGE, "'" + text + "' is no number of a revision.", "write it like alice/solver@3");
        }
        return Integer.parseInt(text);
    }

    private static CliException absent(String name) {
        return new CliException(ExitCode.REFUSED, "There is no image '" + name + "'.", "see: anemone image list");
    }
}
