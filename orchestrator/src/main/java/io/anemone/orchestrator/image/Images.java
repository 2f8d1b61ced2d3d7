package io.anemone.orchestrator.image;

import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageReference;
import io.anemone.orchestrator.request.KnownImages;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * All images, wherever they come from: those of the site's directory, and those of the registry. The directory comes
 * first: it is the operators'.
 */
@ApplicationScoped
public class Images implements KnownImages {

    private static final int MAX_KNOWN = 10_000;

    private final ImageCatalog site;
    private final SiteRevisions numbers;
    private final ImageRegistry registry;
    private final ImageAccess access;
    private final ImageStorage storage;
    private final ImageConfig config;

    /** Revisions never change: what VMs are pinned to is read once. */
    private final Map<ImageReference, ImageDefinition> pinned = new ConcurrentHashMap<>();

    Images(
            ImageCatalog site,
            SiteRevisions numbers,
            ImageRegistry registry,
            ImageAccess access,
            ImageStorage storage,
            ImageConfig config) {
        this.site = site;
        this.numbers = numbers;
        this.registry = registry;
        this.access = access;
        this.storage = storage;
        this.config = config;
    }

    @Override
    public ImageLookup await(ImageReference reference, String account) {
        ImageLookup ofSite = numbered(site.await(reference.name()), reference);
        return ofSite instanceof ImageLookup.Absent
                ? registry.find(reference)
                        .filter(revision -> revision.state().bootable())
                        .filter(revision -> access.boots(revision.image(), account))
                        .<ImageLookup>map(revision -> new ImageLookup.Found(revision.definition()))
                        .orElseGet(ImageLookup.Absent::new)
                : ofSite;
    }

    @Override
    public String names(String account) {
        Stream<String> ofRegistry = registry.list().stream()
                .filter(revision -> revision.state() == RevisionState.ACTIVE)
                .map(RevisionRecord::image)
                .filter(image -> access.boots(image, account))
                .map(ImageRecord::name);
        List<String> names = Stream.concat(site().stream().map(ImageDefinition::name), ofRegistry)
                .distinct()
                .sorted()
                .limit(50)
                .toList();
        return names.isEmpty() ? "none (the site has no images yet)" : String.join(", ", names);
    }

    /** Those of the site's directory, by name. */
    List<ImageDefinition> site() {
        return site.all().stream()
                .map(numbers::numbered)
                .sorted(Comparator.comparing(ImageDefinition::name))
                .toList();
    }

    /** What a VM's spec is pinned to. One that was deleted is found as long as a VM needs it. */
    public ImageLookup look(ImageReference reference) {
        ImageLookup ofSite = numbered(site.look(reference.name()), reference);
        if (!(ofSite instanceof ImageLookup.Absent)) {
            return ofSite;
        }
        ImageDefinition known = pinned.get(reference);
        if (known == null) {
            known = registry.find(reference)
                    .filter(revision -> revision.state().bootable() || revision.state() == RevisionState.DELETED)
                    .filter(revision -> revision.files().stream().allMatch(RevisionRecord.File::verified))
                    .map(RevisionRecord::definition)
                    .orElse(null);
            if (known != null && reference.revision() != null && pinned.size() < MAX_KNOWN) {
                pinned.put(reference, known);
            }
        }
        return known == null ? new ImageLookup.Absent() : new ImageLookup.Found(known);
    }

    private ImageLookup numbered(ImageLookup ofSite, ImageReference reference) {
        return switch (ofSite) {
            case ImageLookup.Found(ImageDefinition image) -> {
                ImageDefinition numbered = numbers.numbered(image);
                Integer wanted = reference.revision();
                yield wanted == null || wanted == numbered.revision()
                        ? new ImageLookup.Found(numbered)
                        : new ImageLookup.Absent();
            }
            case ImageLookup.NotYet notYet -> notYet;
            case ImageLookup.Absent absent -> absent;
        };
    }

    /** Where the file of that image and content is, for this orchestrator to read. */
    public Optional<Path> file(ImageReference reference, String sha256) {
        Optional<ImageDefinition> ofSite =
                numbered(site.look(reference.name()), reference).found();
        return ofSite.isPresent()
                ? ofSite.flatMap(image -> image.content().files().stream()
                        .filter(file -> file.sha256().equals(sha256))
                        .findFirst()
                        .map(file -> config.dir().resolve(image.name()).resolve(file.name())))
                : look(reference)
                        .found()
                        .filter(image -> image.content().files().stream()
                                .anyMatch(file -> file.sha256().equals(sha256)))
                        .flatMap(image -> storage.blob(sha256));
    }
}
