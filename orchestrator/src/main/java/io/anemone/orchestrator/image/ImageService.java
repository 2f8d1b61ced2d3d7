package io.anemone.orchestrator.image;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.problem.Echo;
import io.anemone.orchestrator.problem.FieldException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What people can do with images; whether they may is decided here. */
@ApplicationScoped
class ImageService {

    private final Images images;
    private final ImageRegistry registry;
    private final ImageAccess access;
    private final ImageRequestParser parser;
    private final ImageConfig config;
    private final ImageWorker worker;

    ImageService(
            Images images,
            ImageRegistry registry,
            ImageAccess access,
            ImageRequestParser parser,
            ImageConfig config,
            ImageWorker worker) {
        this.images = images;
        this.registry = registry;
        this.access = access;
        this.parser = parser;
        this.config = config;
        this.worker = worker;
    }

    /** By name. Others than those who may change an image see of it what can be booted. */
    List<ImageJson> list(Caller caller) {
        Map<UUID, List<RevisionRecord>> byImage = new LinkedHashMap<>();
        for (RevisionRecord revision : registry.list()) {
            boolean changes = access.changes(revision.image(), caller);
            if (changes
                    || (access.sees(revision.image(), caller)
                            && revision.state().bootable())) {
                byImage.computeIfAbsent(revision.image().id(), id -> new ArrayList<>())
                        .add(revision);
            }
        }
        Stream<ImageJson> ofRegistry = byImage.values().stream()
                .map(revisions -> ImageJson.of(
                        revisions, access.changes(revisions.getFirst().image(), caller)));
        return Stream.concat(images.site().stream().map(ImageJson::ofSite), ofRegistry)
                .toList();
    }

    ImageJson find(String id, Caller caller) {
        return list(caller).stream()
                .filter(image -> image.id().equals(id))
                .findFirst()
                .orElseThrow(() -> absent(id));
    }

    RevisionRecord begin(RequestedImage request, Caller caller) {
        RevisionRecord revision = registry.begin(parser.parse(request, caller), caller);
        worker.wake();
        return revision;
    }

    /** A revision that the caller may change. */
    RevisionRecord revision(UUID image, int number, Caller caller) {
        return registry.find(image, number)
                .filter(revision -> access.changes(revision.image(), caller))
                .orElseThrow(() -> absent(image + "@" + number));
    }

    void deprecate(UUID image, int number, Caller caller) {
        revision(image, number, caller);
        registry.deprecate(image, number);
    }

    void makeCurrent(UUID image, int number, Caller caller) {
        revision(image, number, caller);
        registry.makeCurrent(image, number);
    }

    void delete(UUID image, int number, Caller caller) {
        revision(image, number, caller);
        registry.delete(image, number);
    }

    void share(UUID id, @Nullable String visibility, @Nullable String project, Caller caller) {
        ImageRecord image = registry.image(id)
                .filter(known -> access.changes(known, caller))
                .orElseThrow(() -> absent(id.toString()));
        Visibility wanted = switch (visibility) {
            case "private" -> Visibility.PRIVATE;
            case "project" -> Visibility.PROJECT;
            case "public" -> Visibility.PUBLIC;
            case null, default ->
                throw FieldException.invalid("visibility", "The visibility must be private, project or public.");
        };
        if (wanted == Visibility.PUBLIC && !caller.operator() && !config.usersPublish()) {
            throw new AnemoneException(
                    ErrorCode.FORBIDDEN,
                    "Images are made public by operators: ask one to (image: " + image.name() + ").");
        }
        if (wanted == Visibility.PROJECT && (project == null || !access.inProject(project, caller))) {
            throw FieldException.invalid(
                    "project",
                    project == null
                            ? "Say which project."
                            : "You are not in a project " + Echo.of(project) + ": take one of yours.");
        }
        registry.share(id, wanted, project);
    }

    private static AnemoneException absent(String what) {
        return new AnemoneException(
                ErrorCode.NOT_FOUND, "There is no such image, or it is not yours (image: " + Echo.plain(what) + ").");
    }
}
