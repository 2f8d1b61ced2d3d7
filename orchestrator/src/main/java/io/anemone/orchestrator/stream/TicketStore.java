package io.anemone.orchestrator.stream;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.StreamKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Tickets, in PostgreSQL: whichever orchestrator one is shown to knows it, and the first takes it away. */
@ApplicationScoped
class TicketStore {

    private final EntityManager entities;
    private final Clock clock;

    TicketStore(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /** Also forgets what has expired. */
    @Transactional
    void issue(Ticket ticket, VmId vm, StreamKind kind, byte[] session, Instant expiresAt) {
        entities.createNativeQuery("delete from ticket where expires_at <= :now")
                .setParameter("now", clock.instant())
                .executeUpdate();
        entities.createNativeQuery("""
                        insert into ticket (hash, vm_id, kind, session_hash, expires_at)
                        values (:hash, :vm, :kind, :session, :expires)""")
                .setParameter("hash", ticket.hash())
                .setParameter("vm", vm.value())
                .setParameter("kind", kind.name())
                .setParameter("session", session)
                .setParameter("expires", expiresAt)
                .executeUpdate();
    }

    /**
     * Takes the ticket: it is good no more, whatever it was shown for.
     *
     * @return the key of the log-in that it was made in
     * @throws AnemoneException TICKET_INVALID; which of the reasons it is, is nobody's business
     */
    @Transactional(dontRollbackOn = AnemoneException.class)
    byte[] take(Ticket ticket, VmId vm, StreamKind kind) {
        List<?> taken = entities.createNativeQuery(
                        "delete from ticket where hash = :hash returning vm_id, kind, session_hash, expires_at",
                        Object[].class)
                .setParameter("hash", ticket.hash())
                .getResultList();
        return taken.stream()
                .map(Object[].class::cast)
                .filter(row -> vm.value().equals((UUID) row[0]) && kind.name().equals(row[1]))
                .filter(row -> clock.instant().isBefore((Instant) row[3]))
                .map(row -> (byte[]) row[2])
                .findFirst()
                .orElseThrow(() -> new AnemoneException(
                        ErrorCode.TICKET_INVALID,
                        "The ticket was used, is too old or is for something else: get a new one for this VM and kind"
                                + " (vm: " + vm + ", kind: " + kind.text() + ")."));
    }
}
