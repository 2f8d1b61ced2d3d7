package io.anemone.core.vm;

/**
 * The machine that a guest sees.
 *
 * @param firmware what it starts with
 * @param tpm      whether it has an emulated TPM 2.0
 */
public record Hardware(Firmware firmware, boolean tpm) {

    public static final Hardware DEFAULT = new Hardware(Firmware.BIOS, false);

    public Hardware {
        firmware = firmware == null ? Firmware.BIOS : firmware;
    }

    public enum Firmware {
        BIOS,
        UEFI
    }
}
