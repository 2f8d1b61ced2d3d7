package io.anemone.orchestrator.identity;

import io.quarkus.security.identity.SecurityIdentity;

/**
 * Who asks. Tenancy is decided here and nowhere else.
 *
 * @param name     account
 * @param operator whether it may see and touch what is not its own
 */
public record Caller(String name, boolean operator) {

    public static Caller of(SecurityIdentity identity) {
        return new Caller(identity.getPrincipal().getName(), identity.hasRole(Role.OPERATOR_NAME));
    }

    /** Whether it may know of, and touch, what belongs to {@code owner}. */
    public boolean sees(String owner) {
        return operator || name.equals(owner);
    }
}
