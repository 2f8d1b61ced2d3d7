package io.anemone.orchestrator.image;

/** Who beside its owner and the operators sees an image and may boot it. */
public enum Visibility {
    PRIVATE,
    /** The accounts of its project. */
    PROJECT,
    PUBLIC
}
