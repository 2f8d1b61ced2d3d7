package io.anemone.core.vm;

/** How far an agent has come with an attempt, in order. */
public enum Progress {
    PREPARING,
    BOOTING,
    RUNNING,
    READY
}
