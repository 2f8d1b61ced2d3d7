package io.anemone.orchestrator.agentlink;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.wire.WireTypes;
import io.anemone.orchestrator.lease.LeaseContacts;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.lease.LeaseStore;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Agents that call over plain HTTP, beside their connection: each shows its lease and the secret that it joins again with.
 * That is new with every connection, so the newest agent of a lease alone is heard.
 */
@ApplicationScoped
class AgentCallers {

    private static final String BEARER = "Bearer ";
    private static final int MAX_SECRET_CHARS = 128;

    private final LeaseStore leases;
    private final LeaseContacts contacts;

    AgentCallers(LeaseStore leases, LeaseContacts contacts) {
        this.leases = leases;
        this.contacts = contacts;
    }

    /** The lease that the caller speaks for, if it proves that. */
    Optional<LeaseRecord> lease(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaderNames.AUTHORIZATION);
        LeaseId id = leaseId(request.getHeader(WireTypes.LEASE_HEADER));
        if (id == null || header == null || !header.startsWith(BEARER) || header.length() > MAX_SECRET_CHARS) {
            return Optional.empty();
        }
        String secret = header.substring(BEARER.length()).strip();
        boolean proven = contacts.secretMatches(id, Secrets.hash(secret));
        return leases.find(id).filter(lease -> proven && !lease.phase().terminal());
    }

    private static @Nullable LeaseId leaseId(@Nullable String text) {
        try {
            return text == null ? null : new LeaseId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
