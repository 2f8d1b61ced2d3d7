package io.anemone.orchestrator.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.anemone.core.image.ImageDefinition;
import io.anemone.orchestrator.problem.Echo;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The images of the site, read from {@code <dir>/<name>/image.yaml} and read again when they change. A file that is
 * broken is logged once for each change and left out; the others stay.
 */
@ApplicationScoped
public class ImageCatalog {

    private static final Logger LOG = Logger.getLogger(ImageCatalog.class);
    private static final String FILE = "image.yaml";

    private record Stamp(
            FileTime modified, long size, @Nullable Object fileKey) {}

    /** @param image null for a file that is broken as it stands */
    private record Entry(Stamp stamp, @Nullable ImageDefinition image) {}

    private final ImageConfig config;
    private final Clock clock;
    private Map<Path, Entry> entries = Map.of();
    private Instant nextScan = Instant.MIN;

    public ImageCatalog(ImageConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    public Optional<ImageDefinition> find(String name) {
        return all().stream().filter(image -> image.name().equals(name)).findFirst();
    }

    /** All, by name. */
    public synchronized List<ImageDefinition> all() {
        Instant now = clock.instant();
        if (!now.isBefore(nextScan)) {
            entries = scan();
            nextScan = now.plus(config.rescan());
        }
        Map<String, ImageDefinition> byName = new TreeMap<>();
        for (Entry entry : entries.values()) {
            ImageDefinition image = entry.image();
            if (image != null) {
                byName.put(image.name(), image);
            }
        }
        return List.copyOf(byName.values());
    }

    /** For messages. */
    public String names() {
        List<String> names = all().stream().map(ImageDefinition::name).toList();
        return names.isEmpty() ? "none (the site has no images yet)" : String.join(", ", names);
    }

    private Map<Path, Entry> scan() {
        Map<Path, Entry> found = new HashMap<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(config.dir(), Files::isDirectory)) {
            for (Path directory : directories) {
                Path file = directory.resolve(FILE);
                if (Files.isRegularFile(file)) {
                    found.put(file, entry(file, String.valueOf(directory.getFileName())));
                }
            }
        } catch (IOException e) {
            // Unknown, not empty: what was there before stays
            LOG.warnf("The images cannot be listed; check anemone.images.dir (dir: %s, cause: %s)", config.dir(), e);
            return entries;
        }
        return found;
    }

    private Entry entry(Path file, String directory) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Stamp stamp = new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        Entry known = entries.get(file);
        return known != null && known.stamp().equals(stamp) ? known : new Entry(stamp, read(file, directory));
    }

    private static @Nullable ImageDefinition read(Path file, String directory) {
        try {
            return ImageFile.read(file, directory);
        } catch (ImageFile.BrokenImage e) {
            LOG.errorf("An image is left out: %s (file: %s)", e.getMessage(), file);
        } catch (JsonProcessingException e) {
            LOG.errorf("An image is left out: %s (file: %s)", Echo.plain(e.getOriginalMessage()), file);
        } catch (IOException e) {
            LOG.errorf("An image is left out: it cannot be read (file: %s, cause: %s)", file, e);
        }
        return null;
    }
}
