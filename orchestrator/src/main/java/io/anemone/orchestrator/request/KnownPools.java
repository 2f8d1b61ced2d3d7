package io.anemone.orchestrator.request;

/** Which pools there are. */
@FunctionalInterface
public interface KnownPools {

    boolean has(String pool);
}
