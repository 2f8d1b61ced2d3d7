package io.anemone.orchestrator.volume;

import io.anemone.orchestrator.problem.Echo;
import io.anemone.orchestrator.problem.FieldException;
import io.anemone.orchestrator.request.StorageParser;
import io.anemone.orchestrator.request.Texts;
import org.jspecify.annotations.Nullable;

/** Makes a {@link NewVolume} of what somebody wrote, or refuses it by field. */
final class VolumeRequestParser {

    static final int MAX_SIZE_GIB = 1024 * 1024;

    private VolumeRequestParser() {}

    static NewVolume parse(RequestedVolume request, String owner) {
        if (request.name() == null) {
            throw FieldException.invalid("name", "Give the volume a name: it becomes the disk's serial number.");
        }
        String name = StorageParser.volumeName("name", request.name());
        Integer size = request.sizeGiB();
        if (size == null || size < 1 || size > MAX_SIZE_GIB) {
            throw FieldException.invalid("sizeGiB", "Give sizeGiB as a whole number of GiB, at least 1.");
        }
        return new NewVolume(name, owner, Texts.word("project", request.project()), place(request.place()), size);
    }

    private static VolumePlace place(@Nullable String text) {
        return switch (text) {
            case "job" -> VolumePlace.JOB;
            case "pool" -> VolumePlace.POOL;
            case null -> VolumePlace.JOB;
            default ->
                throw FieldException.invalid("place", "There is no place " + Echo.of(text) + ": use job or pool.");
        };
    }
}
