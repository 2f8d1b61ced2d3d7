package io.anemone.orchestrator.scheduler.munge;

/** Tells who made a munge credential, and over what. */
@FunctionalInterface
public interface CredentialVerifier {

    /**
     * Uses the credential up: munged tells a second try as a replay.
     *
     * @throws io.anemone.core.error.AnemoneException if that cannot be told at the moment
     */
    CredentialAnswer verify(String credential);
}
