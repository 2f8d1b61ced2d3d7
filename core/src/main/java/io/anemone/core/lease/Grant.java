package io.anemone.core.lease;

/**
 * What a lease grants to the VMs on it, after what agent and libvirt need for themselves.
 *
 * @param cores     processor cores
 * @param memoryMiB memory in MiB
 */
public record Grant(int cores, int memoryMiB) {}
