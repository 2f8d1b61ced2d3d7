package io.anemone.orchestrator.request;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Storage;
import io.anemone.orchestrator.problem.Characters;
import io.anemone.orchestrator.problem.Echo;
import io.anemone.orchestrator.problem.FieldException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a VM's {@link Storage} of what somebody wrote, or refuses it by field. */
@ApplicationScoped
public class StorageParser {

    private static final int MAX_SCRATCH_DISKS = 4;
    private static final int MAX_VOLUMES = 8;
    private static final int MAX_SHARES = 8;
    private static final int MAX_PATH_CHARS = 1024;
    private static final long GIB = 1L << 30;

    /** A disk's serial number has at most 20 characters. */
    private static final Pattern VOLUME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?");

    private static final Pattern OURS = Pattern.compile("root|seed|scratch-.*");
    private static final Pattern TAG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,29}[a-z0-9])?");

    private final StorageConfig config;

    public StorageParser(StorageConfig config) {
        this.config = config;
    }

    /** @param imageBytes size of the image's root disk as a guest sees it; 0 if it has none */
    Storage parse(@Nullable RequestedStorage request, LaunchPath path, String owner, long imageBytes) {
        if (request == null) {
            return Storage.NONE;
        }
        return new Storage(
                root(request.rootGiB(), imageBytes),
                scratch(request.scratchGiB()),
                volumes(request.volumes()),
                shares(request.shares(), path, owner));
    }

    private @Nullable Integer root(@Nullable Integer sizeGiB, long imageBytes) {
        if (sizeGiB == null) {
            return null;
        }
        if (imageBytes == 0) {
            throw FieldException.invalid(
                    "storage.rootGiB", "This image lives in memory and has no root disk: ask for a scratch disk.");
        }
        int checked = Texts.whole("storage.rootGiB", sizeGiB, 1, config.maxRootGib());
        if (checked * GIB < imageBytes) {
            throw new FieldException(
                    ErrorCode.DISK_TOO_SMALL,
                    "storage.rootGiB",
                    "The image's disk has " + (imageBytes + GIB - 1) / GIB + " GiB: ask for as much, or for more.");
        }
        return checked;
    }

    private List<Integer> scratch(@Nullable List<@Nullable Integer> sizes) {
        List<Integer> checked = new ArrayList<>();
        long all = 0;
        for (Integer size : bounded("storage.scratchGiB", sizes, MAX_SCRATCH_DISKS)) {
            int most = config.maxScratchGib();
            int one = Texts.whole("storage.scratchGiB[" + checked.size() + "]", size == null ? 0 : size, 1, most);
            all += one;
            if (all > most) {
                throw FieldException.invalid(
                        "storage.scratchGiB", "A VM's scratch disks may have " + most + " GiB together: ask for less.");
            }
            checked.add(one);
        }
        return checked;
    }

    private static List<String> volumes(@Nullable List<@Nullable String> names) {
        List<String> checked = new ArrayList<>();
        for (String name : bounded("storage.volumes", names, MAX_VOLUMES)) {
            String field = "storage.volumes[" + checked.size() + "]";
            String volume = volumeName(field, name == null ? "" : name);
            if (checked.contains(volume)) {
                throw FieldException.invalid(field, "The volume " + volume + " is named twice: name it once.");
            }
            checked.add(volume);
        }
        return checked;
    }

    /** A name that a volume can have. */
    public static String volumeName(String field, String name) {
        if (!VOLUME.matcher(name).matches()) {
            throw FieldException.invalid(
                    field,
                    "The name " + Echo.of(name) + " cannot be a volume's: use 1 to 20 lower-case letters, digits and"
                            + " hyphens, with no hyphen at either end.");
        }
        if (OURS.matcher(name).matches()) {
            throw FieldException.invalid(
                    field, "The name " + name + " is kept for disks that every VM may have: take another one.");
        }
        return name;
    }

    private List<Storage.Share> shares(
            @Nullable List<RequestedStorage.@Nullable Share> wanted, LaunchPath path, String owner) {
        List<Storage.Share> shares = new ArrayList<>();
        Set<String> tags = new HashSet<>();
        for (RequestedStorage.Share share : bounded("storage.shares", wanted, MAX_SHARES)) {
            String field = "storage.shares[" + shares.size() + "]";
            if (path == LaunchPath.STATIC) {
                throw new FieldException(
                        ErrorCode.SHARE_NOT_ALLOWED,
                        field,
                        "A VM of the path static runs under the service's account, which has not your rights: take the"
                                + " path scheduled.");
            }
            if (share == null || share.path() == null || share.tag() == null) {
                throw FieldException.invalid(field, "A share needs a path and a tag.");
            }
            if (!TAG.matcher(share.tag()).matches() || !tags.add(share.tag())) {
                throw FieldException.invalid(
                        field + ".tag",
                        "The tag " + Echo.of(share.tag()) + " must be 1 to 31 lower-case letters, digits and hyphens,"
                                + " another one for each share.");
            }
            String directory = directory(field + ".path", share.path());
            boolean readOnly = share.readOnly() != null && share.readOnly();
            shares.add(new Storage.Share(directory, share.tag(), readOnly, rootOf(directory, field + ".path", owner)));
        }
        return shares;
    }

    private static String directory(String field, String path) {
        try {
            if (path.length() <= MAX_PATH_CHARS && Characters.harmless(path)) {
                Path parsed = Path.of(path);
                if (parsed.isAbsolute() && parsed.normalize().equals(parsed)) {
                    return parsed.toString();
                }
            }
        } catch (InvalidPathException e) {
            throw FieldException.invalid(field, "The path is none that a node could have.");
        }
        throw FieldException.invalid(
                field,
                "The path " + Echo.of(path) + " must be absolute, without . and .. in it, and of at most "
                        + MAX_PATH_CHARS + " characters.");
    }

    /** By its letters alone; the agent looks where links lead. */
    private String rootOf(String directory, String field, String owner) {
        List<String> roots = config.shareRoots().orElse(List.of()).stream()
                .map(root -> root.strip().replace("{owner}", owner))
                .toList();
        if (roots.isEmpty()) {
            throw new FieldException(
                    ErrorCode.NOT_OFFERED, field, "This site shares no directories into guests: ask an operator.");
        }
        return roots.stream()
                .filter(root -> Path.of(directory).startsWith(Path.of(root)))
                .findFirst()
                .orElseThrow(() -> new FieldException(
                        ErrorCode.SHARE_NOT_ALLOWED,
                        field,
                        "The directory " + Echo.of(directory) + " may not be shared: take one in "
                                + String.join(" or ", roots) + "."));
    }

    private static <T extends @Nullable Object> List<T> bounded(String field, @Nullable List<T> list, int most) {
        if (list == null) {
            return List.of();
        }
        if (list.size() > most) {
            throw FieldException.invalid(field, "Give at most " + most + " in " + field + ".");
        }
        return list;
    }
}
