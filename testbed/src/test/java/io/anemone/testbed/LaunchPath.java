package io.anemone.testbed;

/** The three ways to a VM. */
enum LaunchPath {
    STATIC,
    SCHEDULED,
    DIRECT
}
