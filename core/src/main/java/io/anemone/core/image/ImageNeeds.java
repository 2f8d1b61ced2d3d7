package io.anemone.core.image;

/**
 * What an image asks of the machine that it boots in.
 *
 * @param memoryMiB    least memory, in MiB
 * @param diskGiB      least size of its root disk, in GiB; 0 for as large as it is
 * @param architecture of its processors
 */
public record ImageNeeds(int memoryMiB, int diskGiB, Architecture architecture) {

    /** An architecture that guests can have here. */
    public enum Architecture {
        X86_64
    }
}
