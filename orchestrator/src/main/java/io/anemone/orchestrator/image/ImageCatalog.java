package io.anemone.orchestrator.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.anemone.core.image.ImageDefinition;
import io.anemone.orchestrator.problem.Echo;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The images of the site, read from {@code <dir>/<name>/image.yaml} and the files beside it, and read again when they
 * change. Until the files of a changed image have been read, it stays what it was. One that is broken is logged once for
 * each change and left out; the others stay.
 */
@ApplicationScoped
public class ImageCatalog {

    private static final Logger LOG = Logger.getLogger(ImageCatalog.class);
    private static final String FILE = "image.yaml";

    /**
     * @param written null for a file that is broken as it stands
     * @param reading the newest try to read the image's files
     * @param image   what the newest try that has ended gave; null if none did, or it failed
     */
    private record Entry(
            FileStamp stamp,
            @Nullable SiteImage written,
            SiteFiles.Reading reading,
            @Nullable ImageDefinition image) {}

    private final ImageConfig config;
    private final SiteFiles files;
    private final Clock clock;
    private Map<Path, Entry> entries = Map.of();
    private boolean listed;
    private Instant nextScan = Instant.MIN;

    public ImageCatalog(ImageConfig config, FileDigests digests, Clock clock) {
        this.config = config;
        this.files = new SiteFiles(digests);
        this.clock = clock;
    }

    /** What is known now. */
    public synchronized ImageLookup look(String name) {
        refresh();
        for (Entry entry : entries.values()) {
            SiteImage written = entry.written();
            if (written != null && written.name().equals(name)) {
                return look(entry);
            }
        }
        return listed ? new ImageLookup.Absent() : new ImageLookup.NotYet();
    }

    private static ImageLookup look(Entry entry) {
        ImageDefinition image = entry.image();
        if (image != null) {
            return new ImageLookup.Found(image);
        }
        return entry.reading().done() ? new ImageLookup.Absent() : new ImageLookup.NotYet();
    }

    /** The same, but waits for a moment for an image whose files are still being read. */
    public ImageLookup await(String name) {
        ImageLookup before = look(name);
        if (!(before instanceof ImageLookup.NotYet)) {
            return before;
        }
        try {
            reading(name).get(config.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debugf(e, "an image is still being read image=%s", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.debugf(e, "an image could not be read image=%s", name);
        }
        return look(name);
    }

    private synchronized CompletableFuture<?> reading(String name) {
        for (Entry entry : entries.values()) {
            if (entry.written() != null && entry.written().name().equals(name)) {
                return entry.reading().all();
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    /** All that can be booted now, by name. */
    public synchronized List<ImageDefinition> all() {
        refresh();
        Map<String, ImageDefinition> byName = new TreeMap<>();
        for (Entry entry : entries.values()) {
            ImageDefinition image = entry.image();
            if (image != null) {
                byName.put(image.name(), image);
            }
        }
        return List.copyOf(byName.values());
    }

    private void refresh() {
        Instant now = clock.instant();
        boolean news = entries.values().stream()
                .anyMatch(entry -> entry.image() == null
                        && entry.reading().done()
                        && !entry.reading().failed());
        if (news || !now.isBefore(nextScan)) {
            entries = scan();
            nextScan = now.plus(config.rescan());
        }
    }

    private Map<Path, Entry> scan() {
        Map<Path, Entry> found = new HashMap<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(config.dir(), Files::isDirectory)) {
            for (Path directory : directories) {
                Path file = directory.resolve(FILE);
                if (Files.isRegularFile(file)) {
                    found.put(file, entry(directory, file));
                }
            }
        } catch (IOException e) {
            // Unknown, not empty: what was there before stays
            LOG.warnf("The images cannot be listed; check anemone.images.dir (dir: %s, cause: %s)", config.dir(), e);
            return entries;
        }
        listed = true;
        return found;
    }

    private Entry entry(Path directory, Path file) throws IOException {
        FileStamp stamp = FileStamp.of(file);
        Entry before = entries.get(file);
        SiteImage written = before != null && before.stamp().equals(stamp)
                ? before.written()
                : read(file, String.valueOf(directory.getFileName()));
        if (written == null) {
            return new Entry(stamp, null, SiteFiles.Reading.NONE, null);
        }
        SiteFiles.Reading reading = files.read(written, directory);
        if (!reading.done()) {
            return new Entry(stamp, written, reading, before == null ? null : before.image());
        }
        ImageDefinition image = reading.definition(written);
        if (image == null
                && (before == null
                        || !before.reading().failed()
                        || !before.stamp().equals(stamp))) {
            LOG.errorf("An image is left out: %s (file: %s)", reading.failure(), file);
        }
        return new Entry(stamp, written, reading, image);
    }

    private static @Nullable SiteImage read(Path file, String directory) {
        try {
            return ImageYaml.read(file, directory);
        } catch (ImageYaml.BrokenImage e) {
            LOG.errorf("An image is left out: %s (file: %s)", e.getMessage(), file);
        } catch (JsonProcessingException e) {
            LOG.errorf("An image is left out: %s (file: %s)", Echo.plain(e.getOriginalMessage()), file);
        } catch (IOException e) {
            LOG.errorf("An image is left out: it cannot be read (file: %s, cause: %s)", file, e);
        }
        return null;
    }
}
