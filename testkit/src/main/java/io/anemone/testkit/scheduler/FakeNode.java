package io.anemone.testkit.scheduler;

/** A node of the {@link FakeScheduler}. */
public record FakeNode(String name, int cores, long memoryMiB) {}
