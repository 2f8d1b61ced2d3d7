package io.anemone.core.vm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a guest stores on.
 *
 * @param rootGiB    size of its root disk, in GiB; null means as large as its image's
 * @param scratchGiB sizes of empty disks that end with the VM, in GiB
 * @param volumes    names of its owner's volumes, which outlive it
 * @param shares     directories of the cluster that it sees
 * @param held       the volumes of {@code volumes} as they were taken for this VM, in the same order; empty until then
 * @param deleted    volumes that somebody deleted, and whose files this VM's agent shall remove, for it can
 */
public record Storage(
        @Nullable Integer rootGiB,
        List<Integer> scratchGiB,
        List<String> volumes,
        List<Share> shares,
        List<HeldVolume> held,
        List<VolumeFile> deleted) {

    public static final Storage NONE = new Storage(null, List.of(), List.of(), List.of());

    public Storage {
        scratchGiB = scratchGiB == null ? List.of() : List.copyOf(scratchGiB);
        volumes = volumes == null ? List.of() : List.copyOf(volumes);
        shares = shares == null ? List.of() : List.copyOf(shares);
        held = held == null ? List.of() : List.copyOf(held);
        deleted = deleted == null ? List.of() : List.copyOf(deleted);
    }

    /** As it is asked for: no volume is taken yet. */
    public Storage(@Nullable Integer rootGiB, List<Integer> scratchGiB, List<String> volumes, List<Share> shares) {
        this(rootGiB, scratchGiB, volumes, shares, List.of(), List.of());
    }

    public Storage with(List<HeldVolume> taken, List<VolumeFile> toRemove) {
        return new Storage(rootGiB, scratchGiB, volumes, shares, taken, toRemove);
    }

    /**
     * A directory of the cluster that the guest may mount, with its owner's rights there and never more.
     *
     * @param path     absolute and without detours, on the node
     * @param tag      what the guest mounts it by
     * @param readOnly whether the guest may only read it
     * @param root     the directory that an operator allows and that {@code path} must be in, links followed
     */
    public record Share(String path, String tag, boolean readOnly, String root) {}
}
