package io.anemone.core.vm;

import java.util.List;

/**
 * What a guest stores on besides its root disk.
 *
 * @param scratchGiB sizes of empty disks that end with the VM, in GiB
 * @param volumes    names of its owner's volumes, which outlive it
 * @param shares     directories of the cluster that it sees
 */
public record Storage(List<Integer> scratchGiB, List<String> volumes, List<Share> shares) {

    public static final Storage NONE = new Storage(List.of(), List.of(), List.of());

    public Storage {
        scratchGiB = scratchGiB == null ? List.of() : List.copyOf(scratchGiB);
        volumes = volumes == null ? List.of() : List.copyOf(volumes);
        shares = shares == null ? List.of() : List.copyOf(shares);
    }

    /**
     * A directory of the cluster that the guest may mount, with its owner's rights there and never more.
     *
     * @param path     absolute, on the node
     * @param tag      what the guest mounts it by
     * @param readOnly whether the guest may only read it
     */
    public record Share(String path, String tag, boolean readOnly) {}
}
