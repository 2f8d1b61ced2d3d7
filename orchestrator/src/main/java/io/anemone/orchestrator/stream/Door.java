package io.anemone.orchestrator.stream;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.StreamKind;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.identity.Sessions;
import io.anemone.orchestrator.identity.SiteConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/**
 * Who is let in to a stream. A browser sends cookies along with a WebSocket that another site opens, so a cookie counts
 * for nothing here: a ticket does, or the token in a header that no page can set.
 */
@ApplicationScoped
class Door {

    /** What a ticket is shown as: it stands in no address, and so in no log. */
    static final String TICKET_PROTOCOL = "anemone.ticket.";

    private static final String BEARER = "Bearer ";
    private static final int MAX_SECRET_CHARS = 128;

    private final Guests guests;
    private final TicketStore tickets;
    private final Sessions sessions;
    private final String origin;

    Door(Guests guests, TicketStore tickets, Sessions sessions, SiteConfig site) {
        this.guests = guests;
        this.tickets = tickets;
        this.sessions = sessions;
        this.origin = originOf(site.url());
    }

    /** @throws AnemoneException if not, with what the person can do */
    Opening admit(MultiMap headers, VmId vm, StreamKind kind) {
        checkOrigin(headers);
        byte[] session = session(headers, vm, kind);
        Caller caller = sessions.callerOf(session)
                .orElseThrow(() -> new AnemoneException(
                        ErrorCode.UNAUTHENTICATED, "The log-in is not good, or it is over: log in again."));
        return guests.opening(vm, kind, caller, session);
    }

    private byte[] session(MultiMap headers, VmId vm, StreamKind kind) {
        String authorization = headers.get(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return sessions.keyOf(
                    bounded(authorization.substring(BEARER.length()).strip()));
        }
        return ticket(headers)
                .map(ticket -> tickets.take(new Ticket(bounded(ticket)), vm, kind))
                .orElseThrow(() -> new AnemoneException(
                        ErrorCode.UNAUTHENTICATED,
                        "Show a ticket as a subprotocol, or the token as Authorization: Bearer."));
    }

    private static String bounded(String secret) {
        if (secret.length() > MAX_SECRET_CHARS) {
            throw new AnemoneException(ErrorCode.UNAUTHENTICATED, "That is no token and no ticket.");
        }
        return secret;
    }

    private static Optional<String> ticket(MultiMap headers) {
        return headers.getAll("Sec-WebSocket-Protocol").stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(protocol -> protocol.startsWith(TICKET_PROTOCOL))
                .map(protocol -> protocol.substring(TICKET_PROTOCOL.length()))
                .findFirst();
    }

    /** Programs send none. A page of this site has the site's address, or that which the request came to. */
    private void checkOrigin(MultiMap headers) {
        String from = headers.get(HttpHeaders.ORIGIN);
        String host = headers.get(HttpHeaders.HOST);
        boolean own =
                from == null || from.equals(origin) || from.equals("http://" + host) || from.equals("https://" + host);
        if (own) {
            return;
        }
        throw new AnemoneException(
                ErrorCode.FORBIDDEN, "A page of another site may not do this: open the dashboard at " + origin + ".");
    }

    private static String originOf(URI site) {
        return site.getScheme() + "://" + site.getAuthority();
    }
}
