package io.anemone.core.vm;

/**
 * A TCP port of the guest that is reached from inside the cluster.
 *
 * @param guest the guest's own port
 * @param host  address of the node
 * @param port  the node's port that leads to it
 */
public record PublishedPort(int guest, String host, int port) {}
