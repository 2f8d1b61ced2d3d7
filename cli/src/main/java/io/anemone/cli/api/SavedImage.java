package io.anemone.cli.api;

/** The revision that a VM is being saved as. */
public record SavedImage(String image, int revision, String reference, String state) {}
