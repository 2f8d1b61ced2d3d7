package io.anemone.orchestrator.instance;

/** The others took this orchestrator for dead, and it is not: it was frozen, or cut off from the database. */
public record GivenUp() {}
