package io.anemone.core.audit;

/** A VM or lease whose recorded events are not one unbroken way from its making to its phase. */
public record BrokenHistory(Subject of) {}
