package io.anemone.orchestrator.effect;

import io.anemone.core.lease.LeaseId;

/**
 * One claimed row of the outbox.
 *
 * @param jobId  the job to cancel; empty for a submit
 * @param wanted how often it had been asked for when it was claimed
 * @param tries  tries so far, this one included: 1 means that nothing can have been sent before
 */
public record Effect(long id, EffectKind kind, LeaseId lease, String jobId, int wanted, int tries) {}
