package io.anemone.core.vm;

/**
 * What the guest sees.
 *
 * @param vcpus     virtual processors, at least 1
 * @param memoryMiB memory in MiB, at least 64
 */
public record VmSize(int vcpus, int memoryMiB) {

    /** The least memory that any guest boots in. */
    public static final int MIN_MEMORY_MIB = 64;

    public VmSize {
        if (vcpus < 1) {
            throw new IllegalArgumentException("vcpus must be at least 1, not " + vcpus);
        }
        if (memoryMiB < MIN_MEMORY_MIB) {
            throw new IllegalArgumentException("memoryMiB must be at least " + MIN_MEMORY_MIB + ", not " + memoryMiB);
        }
    }
}
