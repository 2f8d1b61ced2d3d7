package io.anemone.core.vm;

/**
 * The machine that a guest sees.
 *
 * @param firmware   what it starts with
 * @param tpm        whether it has an emulated TPM 2.0
 * @param hugePages  whether its memory shall be huge pages of the node, where there are free ones
 * @param wholeNode  whether it gets all that its lease grants; its size is then the least that will do
 * @param cpuPercent how much of a core each of its processors counts for, 1 to 100
 */
public record Hardware(Firmware firmware, boolean tpm, boolean hugePages, boolean wholeNode, int cpuPercent) {

    /** All of a core. */
    public static final int WHOLE_CORE = 100;

    public static final Hardware DEFAULT = new Hardware(Firmware.BIOS, false, false, false, WHOLE_CORE);

    public Hardware {
        firmware = firmware == null ? Firmware.BIOS : firmware;
        cpuPercent = cpuPercent == 0 ? WHOLE_CORE : cpuPercent;
        if (cpuPercent < 1 || cpuPercent > WHOLE_CORE) {
            throw new IllegalArgumentException("cpuPercent must be 1 to 100, not " + cpuPercent);
        }
    }

    public enum Firmware {
        BIOS,
        UEFI
    }
}
