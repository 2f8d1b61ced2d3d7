package io.anemone.core.hypervisor;

/**
 * A domain that is there.
 *
 * @param running whether its processors run: neither paused nor on its way out
 */
public record DomainView(DomainMark mark, boolean running) {}
