package io.anemone.core.vm;

/** Where the guest's ssh server is reached from inside the cluster: a forwarded port of its node. */
public record SshEndpoint(String host, int port) {}
