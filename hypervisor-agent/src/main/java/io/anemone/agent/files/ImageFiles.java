package io.anemone.agent.files;

import io.anemone.agent.cache.Blob;
import io.anemone.agent.cache.CacheException;
import io.anemone.agent.cache.CopyWatch;
import io.anemone.agent.cache.FileSource;
import io.anemone.agent.cache.Held;
import io.anemone.agent.cache.ImageSource;
import io.anemone.agent.cache.NodeCache;
import io.anemone.agent.cache.Shelf;
import io.anemone.agent.cache.SlowSource;
import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageFile;
import io.anemone.core.image.ImageTier;
import io.anemone.core.wire.DesiredVm;
import io.anemone.core.wire.Prefetch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of images on this node: in the site's directory, where the node has one, or in its cache. What belongs to the
 * site may be read by everybody here; what a user brought is kept for the VM's owner alone.
 */
public final class ImageFiles {

    private final Path site;
    private final InPlace inPlace;
    private final NodeCache cache;
    private final ImageSource orchestrator;
    private final Clock clock;

    /** @param site the site's images on this node, {@code NAME/FILE}; need not be there */
    public ImageFiles(Path site, InPlace inPlace, NodeCache cache, ImageSource orchestrator, Clock clock) {
        this.site = site;
        this.inPlace = inPlace;
        this.cache = cache;
        this.orchestrator = orchestrator;
        this.clock = clock;
    }

    /**
     * All files of a VM's image, each where it can be read until {@link #release}.
     *
     * @param directory the attempt's own, where links may be made
     */
    Map<ImageFile, Path> obtain(DesiredVm vm, Path directory, GuestFiles.Watch watch)
            throws CacheException, IOException, InterruptedException {
        ImageDefinition image = vm.image();
        Map<ImageFile, Path> paths = new HashMap<>();
        long toFetch = 0;
        for (ImageFile file : image.content().files()) {
            Optional<Path> onNode = onNode(image.name(), file);
            if (onNode.isPresent() && inPlace.of(onNode.get())) {
                paths.put(file, onNode.get());
            } else {
                toFetch += file.bytes();
            }
        }
        ImageProgress progress = new ImageProgress(watch, clock, toFetch);
        List<ImageFile> files = image.content().files();
        for (int i = 0; i < files.size(); i++) {
            ImageFile file = files.get(i);
            if (!paths.containsKey(file)) {
                Held held = cache.hold(
                        blob(file),
                        shelf(vm),
                        source(image.name(), file),
                        directory.resolve("image-" + i),
                        progress.file());
                progress.there(file.bytes(), held.origin());
                paths.put(file, held.path());
            }
        }
        progress.over();
        return paths;
    }

    /**
     * Brings an image of the site's own to the cache, for whoever wants it later.
     *
     * @param rate bytes a second at most, unless somebody waits for it
     */
    void bring(Prefetch image, long rate, CopyWatch watch) throws CacheException, IOException, InterruptedException {
        for (ImageFile file : image.files()) {
            Optional<Path> onNode = onNode(image.image(), file);
            if (onNode.isEmpty() || !inPlace.of(onNode.get())) {
                Blob blob = blob(file);
                ImageSource slow = new SlowSource(source(image.image(), file), rate, () -> cache.isWaitedFor(blob));
                cache.fetch(blob, new Shelf.Open(), slow, watch);
            }
        }
    }

    /** What the VM of this directory used may be removed from the cache. */
    void release(Path directory) throws IOException {
        cache.releaseBelow(directory);
    }

    private Shelf shelf(DesiredVm vm) {
        return vm.image().tier() == ImageTier.GOLDEN ? new Shelf.Open() : new Shelf.Of(vm.owner());
    }

    private ImageSource source(String image, ImageFile file) throws IOException {
        Optional<Path> onNode = onNode(image, file);
        return onNode.isPresent() ? new FileSource(onNode.get()) : orchestrator;
    }

    /** A file of another length is another revision's. */
    private Optional<Path> onNode(String image, ImageFile wanted) throws IOException {
        Path directory = site.resolve(image).normalize();
        Path file = directory.resolve(wanted.name()).normalize();
        boolean within = directory.startsWith(site) && file.startsWith(directory) && !directory.equals(site);
        return within && Files.isReadable(file) && Files.isRegularFile(file) && Files.size(file) == wanted.bytes()
                ? Optional.of(file)
                : Optional.empty();
    }

    private static Blob blob(ImageFile file) {
        return new Blob(file.sha256(), file.bytes());
    }
}
