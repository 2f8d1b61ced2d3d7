package io.anemone.core.vm;

import io.anemone.core.lease.Grant;

/**
 * What a VM takes of its lease: its processors and memory, and what its QEMU needs besides.
 *
 * <p>QEMU's own memory is 120 MiB (program, video and disk buffers, and under emulation the translated code, which is
 * kept to 64 MiB), 8 MiB for each virtual processor, 1 MiB for each 512 MiB of the guest's above the first GiB (page
 * tables; not with huge pages, but a guest may get none), 16 MiB with UEFI, 16 MiB with a TPM, whose process is one of
 * its own. Agent and libvirt are not in it: they are there once for each lease.
 *
 * @param cpuPercent hundredths of a core
 * @param memoryMiB  memory in MiB
 */
public record VmNeed(long cpuPercent, long memoryMiB) {

    public static final VmNeed NONE = new VmNeed(0, 0);

    private static final int QEMU_MIB = 120;
    private static final int VCPU_MIB = 8;
    private static final int FIRST_MIB = 1024;
    private static final int MIB_FOR_EACH_MIB_OF_TABLES = 512;
    private static final int UEFI_MIB = 16;
    private static final int TPM_MIB = 16;

    public static VmNeed of(VmSpec spec) {
        return of(spec.size(), spec.options().hardware());
    }

    public static VmNeed of(VmSize size, Hardware hardware) {
        return new VmNeed((long) size.vcpus() * hardware.cpuPercent(), size.memoryMiB() + overheadMiB(size, hardware));
    }

    /** What QEMU needs besides the guest's memory. */
    public static long overheadMiB(VmSize size, Hardware hardware) {
        return fixedMiB(size.vcpus(), hardware) + tablesMiB(size.memoryMiB());
    }

    /** The size of a VM on its lease: as asked for, or all that the lease grants. */
    public static VmSize sizeOn(Grant grant, VmSize asked, Hardware hardware) {
        if (!hardware.wholeNode()) {
            return asked;
        }
        int vcpus = Math.max(asked.vcpus(), grant.cores());
        long most = grant.memoryMiB() - fixedMiB(vcpus, hardware);
        return new VmSize(vcpus, Math.toIntExact(Math.max(asked.memoryMiB(), most - tablesMiB(most))));
    }

    /** What it takes of its lease: all, if it is to have the whole node. */
    public static VmNeed on(Grant grant, VmSpec spec) {
        return spec.options().hardware().wholeNode() ? all(grant) : of(spec);
    }

    /** All that a lease grants. */
    public static VmNeed all(Grant grant) {
        return new VmNeed((long) grant.cores() * Hardware.WHOLE_CORE, grant.memoryMiB());
    }

    /**
     * Whether a VM may come to those on a lease that take this much of it. One that is to have the whole node comes only
     * where none is, and none comes to it.
     */
    public boolean leavesRoomFor(VmSpec spec, Grant grant) {
        boolean alone = !spec.options().hardware().wholeNode() || equals(NONE);
        return alone && plus(of(spec)).fits(grant);
    }

    public VmNeed plus(VmNeed other) {
        return new VmNeed(cpuPercent + other.cpuPercent, memoryMiB + other.memoryMiB);
    }

    /** Whether it fits on a lease that nothing else is on. */
    public boolean fits(Grant grant) {
        return cpuPercent <= (long) grant.cores() * Hardware.WHOLE_CORE && memoryMiB <= grant.memoryMiB();
    }

    /** As a scheduler counts them, who gives out nothing smaller. */
    public int wholeCores() {
        return Math.toIntExact((cpuPercent + Hardware.WHOLE_CORE - 1) / Hardware.WHOLE_CORE);
    }

    private static long fixedMiB(int vcpus, Hardware hardware) {
        return QEMU_MIB
                + (long) VCPU_MIB * vcpus
                + (hardware.firmware() == Hardware.Firmware.UEFI ? UEFI_MIB : 0)
                + (hardware.tpm() ? TPM_MIB : 0);
    }

    private static long tablesMiB(long memoryMiB) {
        return Math.max(0, memoryMiB - FIRST_MIB) / MIB_FOR_EACH_MIB_OF_TABLES;
    }
}
