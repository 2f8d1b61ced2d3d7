package io.anemone.core.wire;

/** What a node's guests really run on, found by booting one. */
public enum Acceleration {
    KVM,
    EMULATION
}
