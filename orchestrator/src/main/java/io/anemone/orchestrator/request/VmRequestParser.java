package io.anemone.orchestrator.request;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageReference;
import io.anemone.core.vm.GuestOptions;
import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Storage;
import io.anemone.core.vm.VmSize;
import io.anemone.core.vm.VmSpec;
import io.anemone.core.wire.Join;
import io.anemone.orchestrator.flavor.FlavorCatalog;
import io.anemone.orchestrator.flavor.FlavorCatalog.Flavor;
import io.anemone.orchestrator.image.ImageLookup;
import io.anemone.orchestrator.problem.Echo;
import io.anemone.orchestrator.problem.FieldException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link VmSpec} of what somebody wrote, or refuses it with a code, the field and one sentence that says what
 * to do. Everything that comes in is taken as hostile; nothing that comes out can mean more than text to XML, a
 * shell, YAML or a terminal, except user data, which is opaque and bounded.
 */
@ApplicationScoped
public class VmRequestParser {

    /** RFC 1123 label in lower case. */
    public static final String NAME = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$";

    static final int MAX_VCPUS = 1024;
    static final int MAX_MEMORY_MIB = 4 * 1024 * 1024;

    private static final String DEFAULT_POOL = "default";

    private final KnownImages images;
    private final ImagePolicy policy;
    private final FlavorCatalog flavors;
    private final KnownPools pools;
    private final SiteLimits limits;
    private final StorageParser storages;
    private final GuestPolicy guests;

    public VmRequestParser(
            KnownImages images,
            ImagePolicy policy,
            FlavorCatalog flavors,
            KnownPools pools,
            SiteLimits limits,
            StorageParser storages,
            GuestPolicy guests) {
        this.images = images;
        this.policy = policy;
        this.flavors = flavors;
        this.pools = pools;
        this.limits = limits;
        this.storages = storages;
        this.guests = guests;
    }

    /**
     * A VM that is asked for over the API.
     *
     * @param owner the caller, an account of the site
     * @throws AnemoneException if it cannot be met; often a {@link FieldException}
     */
    public VmSpec parse(RequestedVm request, String owner) {
        LaunchPath path = path(request.path());
        VmSpec spec = spec(request, owner, path);
        limits.check(spec);
        return spec;
    }

    /**
     * The VM of a direct job. Whether it fits is for the job's own grant to decide.
     *
     * @param owner the user whose credential came with it
     */
    public VmSpec parseDirect(Join.VmRequest request, String owner) {
        return spec(RequestedVm.direct(request), owner, LaunchPath.DIRECT);
    }

    private static LaunchPath path(@Nullable String path) {
        return switch (path) {
            case "static" -> LaunchPath.STATIC;
            case "scheduled" -> LaunchPath.SCHEDULED;
            case "direct" ->
                throw new FieldException(
                        ErrorCode.PATH_NOT_REQUESTABLE,
                        "path",
                        "A VM of the direct path starts from a batch job of your own: sbatch examples/direct-vm.sbatch"
                                + " on the cluster, or ask for the path scheduled here.");
            case null -> throw FieldException.invalid("path", "Give a path: static or scheduled.");
            default ->
                throw FieldException.invalid(
                        "path", "There is no path " + Echo.of(path) + ": use static or scheduled.");
        };
    }

    private VmSpec spec(RequestedVm request, String owner, LaunchPath path) {
        String name = Texts.name(request.name());
        String project = Texts.word("project", request.project());
        Duration walltime = Texts.walltime("walltime", request.walltime());
        String partition = partition(request, path);
        String pool = pool(request, path);
        var sshKeys = Texts.sshKeys(request.sshKeys());
        String userData = Texts.userData(request.userData());
        var labels = Texts.labels(request.labels());
        ImageDefinition image = image(request.image(), owner);
        policy.check(image, path, pool, userData);
        Flavor flavor = flavor(request);
        VmSize size = flavor == null ? freeSize(request) : flavor.size();
        if (size.memoryMiB() < image.needs().memoryMiB()) {
            throw new FieldException(
                    ErrorCode.SIZE_TOO_SMALL,
                    request.flavor() == null ? "memoryMiB" : "flavor",
                    "The image " + image.name() + " needs at least "
                            + image.needs().memoryMiB() + " MiB of memory, not " + size.memoryMiB()
                            + ": take a larger size.");
        }
        Storage storage =
                storages.parse(request.storage(), path, owner, image.content().virtualBytes());
        RequestedReadiness readiness = request.readiness();
        GuestOptions options = GuestOptions.DEFAULT
                .with(storage)
                .with(readiness == null ? null : readiness.over(image.readiness()))
                .filledFrom(image);
        return new VmSpec(
                name,
                owner,
                project,
                path,
                image.reference(),
                size,
                walltime,
                partition,
                pool,
                sshKeys,
                userData,
                labels,
                options.with(guests.hardware(request.hardware(), flavor))
                        .with(guests.network(request.network(), path)));
    }

    private ImageDefinition image(@Nullable String name, String account) {
        if (name == null) {
            throw FieldException.invalid("image", "Give an image: " + images.names(account) + ".");
        }
        ImageReference reference = ImageReference.parse(name).orElseThrow(() -> unknownImage(name, account));
        return switch (images.await(reference, account)) {
            case ImageLookup.Found(ImageDefinition image) -> image;
            case ImageLookup.NotYet notYet ->
                throw new FieldException(
                        ErrorCode.IMAGE_NOT_READY,
                        "image",
                        "The files of the image " + reference + " are still being read: try again in a moment.");
            case ImageLookup.Absent absent -> throw unknownImage(name, account);
        };
    }

    private FieldException unknownImage(String name, String account) {
        return new FieldException(
                ErrorCode.UNKNOWN_IMAGE,
                "image",
                "There is no image " + Echo.of(name) + ": take one of " + images.names(account) + ".");
    }

    private VmSize freeSize(RequestedVm request) {
        if (request.vcpus() == null && request.memoryMiB() == null) {
            throw FieldException.invalid(
                    "flavor", "Give a size: a flavor (" + flavors.names() + "), or vcpus and memoryMiB.");
        }
        return new VmSize(
                Texts.whole("vcpus", request.vcpus(), 1, MAX_VCPUS),
                Texts.whole("memoryMiB", request.memoryMiB(), VmSize.MIN_MEMORY_MIB, MAX_MEMORY_MIB));
    }

    private @Nullable Flavor flavor(RequestedVm request) {
        String flavor = request.flavor();
        if (flavor == null) {
            return null;
        }
        if (request.vcpus() != null || request.memoryMiB() != null) {
            throw FieldException.invalid("flavor", "Give either a flavor, or vcpus and memoryMiB, not both.");
        }
        return flavors.find(flavor)
                .orElseThrow(() -> new FieldException(
                        ErrorCode.UNKNOWN_FLAVOR,
                        "flavor",
                        "There is no flavor " + Echo.of(flavor) + ": take one of " + flavors.names() + "."));
    }

    private static @Nullable String partition(RequestedVm request, LaunchPath path) {
        if (request.partition() != null && path != LaunchPath.SCHEDULED) {
            throw FieldException.invalid(
                    "partition", "Only a VM of the path scheduled can ask for a partition: leave it out.");
        }
        return Texts.word("partition", request.partition());
    }

    private @Nullable String pool(RequestedVm request, LaunchPath path) {
        if (path != LaunchPath.STATIC) {
            if (request.pool() != null) {
                throw FieldException.invalid("pool", "Only a VM of the path static can ask for a pool: leave it out.");
            }
            return null;
        }
        String pool = Texts.word("pool", request.pool());
        if (pool == null) {
            return DEFAULT_POOL;
        }
        if (!pools.has(pool)) {
            throw new FieldException(
                    ErrorCode.UNKNOWN_POOL,
                    "pool",
                    "There is no pool " + Echo.of(pool) + ": leave it out for the pool " + DEFAULT_POOL + ", or ask an"
                            + " operator which pools there are.");
        }
        return pool;
    }
}
