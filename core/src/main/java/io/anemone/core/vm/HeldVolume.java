package io.anemone.core.vm;

import java.util.UUID;

/**
 * A volume that a VM holds from its creation until it is over. What is written here does not change meanwhile.
 *
 * @param name       what its owner calls it, and its serial number in the guest; at most 20 characters
 * @param file       where it is kept
 * @param sizeGiB    its size, in GiB
 * @param made       whether a guest has run with it before: then its file must be there
 * @param generation how many VMs have held it, this one included: the higher part of its fence
 */
public record HeldVolume(String name, VolumeFile file, int sizeGiB, boolean made, long generation) {

    public UUID id() {
        return file.id();
    }
}
