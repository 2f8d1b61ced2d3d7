package io.anemone.orchestrator.agentlink;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.error.Fault;
import io.anemone.core.orders.PlainText;
import io.anemone.core.wire.AgentMessage;
import io.anemone.core.wire.OrchestratorMessage;
import io.anemone.core.wire.WireTypes;
import io.anemone.orchestrator.console.ConsoleStore;
import io.anemone.orchestrator.json.WireJson;
import io.anemone.orchestrator.lease.LeaseContacts;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Where agents connect. The messages of one connection are taken one after the other. */
@WebSocket(path = WireTypes.PATH)
class AgentEndpoint {

    private static final Logger LOG = Logger.getLogger(AgentEndpoint.class);
    private static final int MAX_CONSOLE = 64 * 1024;

    private final Admission admission;
    private final AgentLink link;
    private final ReportIntake intake;
    private final LeaseContacts contacts;
    private final ConsoleStore consoles;
    private final Clock clock;
    private final WireJson json = new WireJson();
    private final Map<String, AgentSession> sessions = new ConcurrentHashMap<>();

    AgentEndpoint(
            Admission admission,
            AgentLink link,
            ReportIntake intake,
            LeaseContacts contacts,
            ConsoleStore consoles,
            Clock clock) {
        this.admission = admission;
        this.link = link;
        this.intake = intake;
        this.contacts = contacts;
        this.consoles = consoles;
        this.clock = clock;
    }

    @OnTextMessage
    @RunOnVirtualThread
    void received(String text, WebSocketConnection connection) {
        AgentSession session = sessions.get(connection.id());
        if (session != null) {
            session.heard(clock.instant());
        }
        AgentMessage message;
        try {
            message = json.readAgent(text);
        } catch (IOException e) {
            LOG.warnf("an agent's message cannot be read: %s", e.getMessage());
            refuse(
                    connection,
                    new OrchestratorMessage.Refused(ErrorCode.MALFORMED_REQUEST, "The message cannot be read.", false));
            return;
        }
        switch (message) {
            case AgentMessage.Hello hello -> hello(hello, connection, session);
            case AgentMessage.Report report -> report(report, known(session, connection));
            case AgentMessage.Console console -> console(console, known(session, connection));
            case AgentMessage.Usage usage -> usage(usage, known(session, connection));
            case AgentMessage.Guest guest -> guest(guest, known(session, connection));
        }
    }

    private void hello(AgentMessage.Hello hello, WebSocketConnection connection, @Nullable AgentSession before) {
        if (before != null) {
            refuse(
                    connection,
                    new OrchestratorMessage.Refused(
                            ErrorCode.MALFORMED_REQUEST, "One connection says hello once.", true));
            return;
        }
        AgentSession session;
        try {
            session = new AgentSession(connection, admission.admit(hello), json, clock.instant());
        } catch (AnemoneException e) {
            LOG.infof("an agent is not let in %s code=%s: %s", hello.join(), e.code(), e.getMessage());
            refuse(connection, refusal(e));
            return;
        }
        LOG.infof(
                "agent joined lease=%s epoch=%d job=%s", session.lease(), session.epoch(), PlainText.of(hello.jobId()));
        sessions.put(connection.id(), session);
        link.open(session);
        session.welcome();
        intake.take(session, hello.vms());
        link.serve(session);
    }

    private void report(AgentMessage.Report report, @Nullable AgentSession session) {
        if (session == null || session.closed() || report.epoch() != session.epoch()) {
            return;
        }
        if (session.confirm()) {
            contacts.confirm(session.connection());
        }
        intake.take(session, report.vms());
        intake.take(session, report.inventory());
        intake.discarded(session, report.discarded());
        session.due().raise();
    }

    private void console(AgentMessage.Console console, @Nullable AgentSession session) {
        if (session == null || session.closed()) {
            return;
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(console.base64());
        } catch (IllegalArgumentException e) {
            LOG.warnf("an agent sent console output that is not base64 lease=%s", session.lease());
            return;
        }
        if (bytes.length <= MAX_CONSOLE
                && !consoles.append(session.connection(), console.vm(), console.attempt(), console.offset(), bytes)) {
            session.replaced();
        }
    }

    private void usage(AgentMessage.Usage usage, @Nullable AgentSession session) {
        if (session != null && !session.closed()) {
            intake.take(session, usage);
        }
    }

    private void guest(AgentMessage.Guest guest, @Nullable AgentSession session) {
        if (session != null && !session.closed()) {
            intake.take(session, guest);
        }
    }

    @OnPongMessage
    void pong(Buffer data, WebSocketConnection connection) {
        AgentSession session = sessions.get(connection.id());
        if (session != null) {
            session.heard(clock.instant());
        }
    }

    @OnClose
    @RunOnVirtualThread
    void closed(WebSocketConnection connection) {
        AgentSession session = sessions.remove(connection.id());
        if (session != null) {
            LOG.infof("agent gone lease=%s epoch=%d", session.lease(), session.epoch());
            link.lost(session);
        }
    }

    /** Most likely the database is away: the agent comes back and says everything again. */
    @OnError
    @RunOnVirtualThread
    void failed(Throwable e, WebSocketConnection connection) {
        if (connection.isClosed()) {
            // It went away without a word, as a killed agent does: onClose has the rest.
            LOG.debug("a connection broke", e);
            return;
        }
        LOG.errorf(e, "a message of an agent was not taken in; its connection is closed");
        connection.closeAndAwait(CloseReason.INTERNAL_SERVER_ERROR);
    }

    private @Nullable AgentSession known(@Nullable AgentSession session, WebSocketConnection connection) {
        if (session == null) {
            refuse(connection, new OrchestratorMessage.Refused(ErrorCode.UNAUTHENTICATED, "Say hello first.", false));
        }
        return session;
    }

    private void refuse(WebSocketConnection connection, OrchestratorMessage.Refused refused) {
        connection.sendTextAndAwait(json.write(refused));
        connection.closeAndAwait(CloseReason.NORMAL);
    }

    private static OrchestratorMessage.Refused refusal(AnemoneException e) {
        return e instanceof AgentRefusedException refused
                ? refused.toMessage()
                : new OrchestratorMessage.Refused(
                        e.code(),
                        Objects.requireNonNull(e.getMessage()),
                        e.code().fault() == Fault.SITE);
    }
}
