package io.anemone.orchestrator.image;

import io.anemone.core.error.ErrorCode;
import io.anemone.orchestrator.problem.Echo;
import io.anemone.orchestrator.problem.FieldException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where images may be imported from: what operators listed, and nothing that only looks like it. */
@ApplicationScoped
class ImportSources {

    private static final int MAX_CHARS = 2048;

    private final List<String> allowed;

    ImportSources(ImageConfig config) {
        this.allowed = config.imports().from().orElse(List.of());
    }

    /** @throws FieldException if nothing may come from there */
    void check(String field, String source) {
        if (source.length() > MAX_CHARS || !allows(source)) {
            String places = allowed.isEmpty() ? "no place at all" : String.join(", ", allowed);
            throw new FieldException(
                    ErrorCode.SOURCE_NOT_ALLOWED,
                    field,
                    "Images may not be imported from " + Echo.of(source) + " here, only from " + places + ".");
        }
    }

    boolean allows(String source) {
        return source.startsWith("/") ? underAllowedDirectory(source) != null : allowsUrl(source);
    }

    /** The allowed directory that the path is below, as it is written; null if there is none. */
    @Nullable
    Path underAllowedDirectory(String source) {
        Path path;
        try {
            path = Path.of(source);
        } catch (InvalidPathException e) {
            return null;
        }
        if (!path.isAbsolute() || !path.normalize().toString().equals(source)) {
            return null;
        }
        return allowed.stream()
                .filter(place -> place.startsWith("/"))
                .map(Path::of)
                .filter(place -> path.startsWith(place) && !path.equals(place))
                .findFirst()
                .orElse(null);
    }

    /** By scheme, host, port and whole segments of the path: a prefix of the text alone would allow other hosts. */
    private boolean allowsUrl(String source) {
        try {
            URI uri = new URI(source);
            boolean plain = ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && uri.normalize().equals(uri)
                    && !uri.getRawPath().contains("%2e")
                    && !uri.getRawPath().contains("%2E")
                    && !uri.getRawPath().contains("/..");
            return plain
                    && allowed.stream().filter(place -> !place.startsWith("/")).anyMatch(place -> within(uri, place));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean within(URI uri, String place) {
        URI prefix = URI.create(place);
        String path = Objects.requireNonNullElse(prefix.getRawPath(), "");
        String directory = path.endsWith("/") ? path : path + "/";
        return Objects.equals(uri.getScheme(), prefix.getScheme())
                && uri.getHost().equalsIgnoreCase(prefix.getHost())
                && uri.getPort() == prefix.getPort()
                && uri.getRawPath().startsWith(directory);
    }
}
