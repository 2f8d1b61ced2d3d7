package io.anemone.core.image;

/** Who answers for an image. */
public enum ImageTier {
    /** The site: its operators made or checked it. Policy can have it run without root and user data of the user's own. */
    GOLDEN,
    /** Whoever brought it: anything may be in it, and its user may be root. */
    USER
}
