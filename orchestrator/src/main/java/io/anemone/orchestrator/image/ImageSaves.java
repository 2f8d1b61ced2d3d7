package io.anemone.orchestrator.image;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.image.ImageContent.DiskFormat;
import io.anemone.core.image.ImageDefinition;
import io.anemone.core.image.ImageFile;
import io.anemone.core.image.ImageNeeds;
import io.anemone.core.image.ImageTier;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.SaveOrder;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.image.RevisionRecord.Saves;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Revisions whose disk is that of a guest: its agent brings it, and everything else is as it was in the image that the
 * guest was booted from. That such a revision waits for its disk is the agent's order to save it.
 */
@ApplicationScoped
public class ImageSaves {

    private static final long TELL_EVERY = 64L << 20;
    private static final String UNDER_WAY = "state = RECEIVING and savesVm is not null";

    private final EntityManager entities;
    private final ImageRegistry registry;
    private final ImageStorage storage;
    private final ImageWorker worker;
    private final ImageConfig config;
    private final Event<SaveNews> news;
    private final Clock clock;

    ImageSaves(
            EntityManager entities,
            ImageRegistry registry,
            ImageStorage storage,
            ImageWorker worker,
            ImageConfig config,
            Event<SaveNews> news,
            Clock clock) {
        this.entities = entities;
        this.registry = registry;
        this.storage = storage;
        this.worker = worker;
        this.config = config;
        this.news = news;
        this.clock = clock;
    }

    /**
     * A disk to be saved.
     *
     * @param owner of the VM, and of the image
     * @param name  without the owner
     * @param base  what the guest was booted from
     * @param gib   least size of the root disk of VMs that boot it
     * @param key   finds the revision of an earlier request again; null for none
     */
    public record Wanted(
            VmId vm,
            int attempt,
            String owner,
            String name,
            ImageDefinition base,
            int gib,
            @Nullable String key) {}

    /** The revision that is being made. */
    public record Begun(UUID image, String name, int revision, String state) {}

    /**
     * Makes the revision, private like every new image.
     *
     * @throws AnemoneException {@link ErrorCode#SAVE_UNDER_WAY} if one waits for this VM's disk already,
     *                          {@link ErrorCode#IMAGE_QUOTA} if there is no room left
     */
    @Transactional
    public Begun begin(Wanted wanted, Caller caller) {
        String name = ImageRequestParser.ofUser(wanted.owner(), wanted.name());
        RevisionRecord made = registry.begin(revision(name, wanted), caller);
        // From here on it is alone with its owner's images: the registry has locked them
        waiting(wanted.vm()).ifPresent(other -> {
            throw new AnemoneException(
                    ErrorCode.SAVE_UNDER_WAY,
                    "The VM is being saved as " + reference(other)
                            + ": wait until that is done, or delete that revision" + " (vm: " + wanted.vm() + ").");
        });
        long left = config.limits().quota().asLongValue() - registry.used(wanted.owner());
        RevisionEntity row = Objects.requireNonNull(entities.find(RevisionEntity.class, made.id()));
        row.savesVm = wanted.vm().value();
        row.savesAttempt = wanted.attempt();
        row.savesMost = Math.min(left, config.limits().file().asLongValue());
        row.savesKey = wanted.key();
        if (row.savesMost < 1) {
            throw new AnemoneException(
                    ErrorCode.IMAGE_QUOTA,
                    "The images of " + wanted.owner() + " have all the bytes that they may have: delete what is not"
                            + " needed.");
        }
        entities.flush();
        news.fire(new SaveNews(
                wanted.vm(),
                wanted.attempt(),
                "its disk is to be saved as image " + reference(row),
                waits(row),
                caller.name()));
        return begun(row);
    }

    /**
     * The revision that an equal request made before.
     *
     * @throws AnemoneException {@link ErrorCode#IDEMPOTENCY_CONFLICT} if the key stands for another name
     */
    @Transactional
    public Optional<Begun> known(VmId vm, String owner, String name, String key) {
        Optional<RevisionEntity> known = withKey(vm, key);
        known.filter(row -> !row.image.name.equals(ImageRequestParser.ofUser(owner, name)))
                .ifPresent(row -> {
                    throw new AnemoneException(
                            ErrorCode.IDEMPOTENCY_CONFLICT,
                            "This Idempotency-Key was used to save it as " + reference(row) + ": take a new one (vm: "
                                    + vm + ").");
                });
        return known.map(ImageSaves::begun);
    }

    private NewRevision revision(String name, Wanted wanted) {
        ImageDefinition base = wanted.base();
        List<NewRevision.NewFile> files = new ArrayList<>();
        inherit(files, FileRole.KERNEL, base.content().kernel(), base);
        inherit(files, FileRole.INITRD, base.content().initrd(), base);
        files.add(new NewRevision.NewFile(FileRole.DISK, null, null, null));
        return new NewRevision(
                name,
                wanted.owner(),
                ImageTier.USER,
                new RevisionRecord.Description(
                        "Saved from a VM of " + base.reference(),
                        base.content().cmdline(),
                        DiskFormat.QCOW2,
                        base.defaultUser(),
                        base.readiness(),
                        new ImageNeeds(
                                base.needs().memoryMiB(),
                                Math.max(base.needs().diskGiB(), wanted.gib()),
                                base.needs().architecture())),
                files);
    }

    private static void inherit(
            List<NewRevision.NewFile> files, FileRole role, @Nullable ImageFile file, ImageDefinition base) {
        if (file != null) {
            files.add(new NewRevision.NewFile(
                    role, file.bytes(), file.sha256(), new InheritedFile(base.reference(), file.sha256()).source()));
        }
    }

    private Optional<RevisionEntity> waiting(VmId vm) {
        return entities.createQuery("from RevisionEntity where savesVm = :vm and " + UNDER_WAY, RevisionEntity.class)
                .setParameter("vm", vm.value())
                .getResultStream()
                .findFirst();
    }

    private Optional<RevisionEntity> withKey(VmId vm, String key) {
        return entities.createQuery("from RevisionEntity where savesVm = :vm and savesKey = :key", RevisionEntity.class)
                .setParameter("vm", vm.value())
                .setParameter("key", key)
                .getResultStream()
                .findFirst();
    }

    private static Begun begun(RevisionEntity row) {
        return new Begun(row.image.id, row.image.name, row.revision, row.state.name());
    }

    private static String reference(RevisionEntity row) {
        return row.image.name + "@" + row.revision;
    }

    /** What agents are to save of these VMs: at most one disk of each, of the attempt that was meant. */
    @Transactional
    public Map<VmId, SaveOrder> orders(Map<VmId, Integer> attempts) {
        Collection<UUID> ids = attempts.keySet().stream().map(VmId::value).toList();
        if (ids.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery("from RevisionEntity where savesVm in :vms and " + UNDER_WAY, RevisionEntity.class)
                .setParameter("vms", ids)
                .getResultStream()
                .map(RevisionRows::record)
                .filter(revision -> Integer.valueOf(saves(revision).attempt())
                        .equals(attempts.get(saves(revision).vm())))
                .filter(revision -> !disk(revision).complete())
                .collect(Collectors.toMap(
                        revision -> saves(revision).vm(),
                        revision -> new SaveOrder(
                                disk(revision).id(),
                                revision.reference(),
                                saves(revision).most())));
    }

    private static Saves saves(RevisionRecord revision) {
        return Objects.requireNonNull(revision.saves());
    }

    private static RevisionRecord.File disk(RevisionRecord revision) {
        return revision.file(FileRole.DISK).orElseThrow();
    }

    /** A disk that is waited for. */
    public record Waiting(
            UUID id, VmId vm, int attempt, @Nullable Long bytes) {}

    /** Empty for one that nobody waits for (any more). */
    @Transactional
    public Optional<Waiting> find(UUID save) {
        return Optional.ofNullable(entities.find(FileEntity.class, save))
                .map(file -> file.revision)
                .filter(row -> row.state == RevisionState.RECEIVING && row.savesVm != null)
                .map(RevisionRows::record)
                .filter(revision ->
                        disk(revision).id().equals(save) && !disk(revision).complete())
                .map(revision -> new Waiting(
                        save,
                        saves(revision).vm(),
                        saves(revision).attempt(),
                        disk(revision).bytes()));
    }

    /** It is being copied on its node. */
    @Transactional
    public void copying(Waiting save, long done, long total) {
        locked(save)
                .ifPresent(row -> progress(
                        row,
                        "The disk is being copied on its node: " + mib(done) + " of " + mib(total) + " MiB",
                        null));
    }

    /**
     * The copy is whole, and has this content; a repeat changes nothing.
     *
     * @param quiesced whether the guest's file systems stood still
     */
    @Transactional
    public void declared(Waiting save, long bytes, String sha256, boolean quiesced) {
        Optional<RevisionEntity> found = locked(save);
        if (found.isEmpty()) {
            return;
        }
        RevisionEntity row = found.get();
        FileEntity disk = disk(row);
        if (disk.bytes != null) {
            if (disk.bytes != bytes || !sha256.equals(disk.sha256)) {
                refuse(row, "Its agent said two things of one disk: ask for it again.");
            }
            return;
        }
        if (bytes < 1 || bytes > Objects.requireNonNull(row.savesMost)) {
            refuse(row, "The disk has " + bytes + " bytes, and at most " + row.savesMost + " were left for it.");
            return;
        }
        disk.bytes = bytes;
        disk.sha256 = sha256;
        entities.flush();
        if (registry.used(row.image.owner) > config.limits().quota().asLongValue()) {
            refuse(
                    row,
                    "With it, its owner's images have more bytes than the quota allows: delete what is not needed.");
            return;
        }
        progress(
                row,
                brought(0, bytes),
                "its disk was copied, " + mib(bytes) + " MiB, "
                        + (quiesced
                                ? "while its file systems stood still"
                                : "as it would be after a power cut, for no guest agent held its file systems still"));
    }

    /**
     * A piece of it.
     *
     * @return how much of it has arrived
     */
    public long arrives(Waiting save, long offset, InputStream piece) throws IOException {
        long bytes = Objects.requireNonNull(save.bytes());
        try {
            return arrived(save, storage.append(save.id(), offset, piece, bytes), bytes);
        } catch (ImageStorage.OffsetException e) {
            return e.expected();
        } catch (ImageStorage.FullException e) {
            throw new AnemoneException(
                    ErrorCode.IMAGE_STORAGE_FULL, "The site has no room for images (vm: " + save.vm() + ").", e);
        }
    }

    /** @return where its agent goes on: an orchestrator may have died with the last byte before it wrote that down */
    public long arrived(Waiting save) throws IOException {
        Long bytes = save.bytes();
        return bytes == null ? 0 : arrived(save, storage.length(save.id()), bytes);
    }

    private long arrived(Waiting save, long length, long bytes) {
        registry.arrived(save.id(), length);
        if (length == bytes) {
            worker.wake();
        }
        return length;
    }

    /** For people, from time to time. */
    @Transactional
    public void bringing(Waiting save, long from, long to) {
        Long bytes = save.bytes();
        if (bytes != null && from / TELL_EVERY != to / TELL_EVERY) {
            locked(save).ifPresent(row -> progress(row, brought(to, bytes), null));
        }
    }

    private static String brought(long done, long bytes) {
        return "The copy of the disk is being brought here: " + mib(done) + " of " + mib(bytes) + " MiB";
    }

    /** It will not come. Harmless if nobody waits for it. */
    @Transactional
    public void failed(Waiting save, String why) {
        locked(save).ifPresent(row -> refuse(row, why));
    }

    private Optional<RevisionEntity> locked(Waiting save) {
        return registry.withRevisionLocked(save.id())
                .map(file -> file.revision)
                .filter(row -> row.state == RevisionState.RECEIVING && !disk(row).complete);
    }

    private static FileEntity disk(RevisionEntity row) {
        return row.files.stream()
                .filter(file -> file.role == FileRole.DISK)
                .findFirst()
                .orElseThrow();
    }

    private void refuse(RevisionEntity row, String why) {
        registry.enter(row, RevisionState.REFUSED, why);
    }

    private void progress(RevisionEntity row, String sentence, @Nullable String note) {
        row.message = sentence;
        row.changedAt = clock.instant();
        news.fire(new SaveNews(
                new VmId(Objects.requireNonNull(row.savesVm)),
                Objects.requireNonNull(row.savesAttempt),
                note,
                "It is being saved as " + reference(row) + ". " + sentence + ".",
                null));
    }

    private static String waits(RevisionEntity row) {
        return "It is being saved as " + reference(row) + ".";
    }

    private static long mib(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
