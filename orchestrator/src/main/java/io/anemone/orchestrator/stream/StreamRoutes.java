package io.anemone.orchestrator.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.vm.VmId;
import io.anemone.core.wire.StreamHello;
import io.anemone.core.wire.StreamKind;
import io.anemone.core.wire.WireTypes;
import io.anemone.orchestrator.json.WireJson;
import io.anemone.orchestrator.problem.Problem;
import io.anemone.orchestrator.request.Parameters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Clock;
import org.jboss.logging.Logger;

/**
 * The WebSockets of people and of agents, by Vert.x itself: its sockets can be paused, so that a slow reader at one end
 * holds up the writer at the other, and nothing piles up here.
 */
@ApplicationScoped
class StreamRoutes {

    private static final Logger LOG = Logger.getLogger(StreamRoutes.class);
    private static final String VM = "/api/v1/vms/";
    private static final long HELLO_MILLIS = 10_000;

    /** Before the API's own routes, which know these addresses not. */
    private static final int ORDER = -1000;

    private final Door door;
    private final Relays relays;
    private final ObjectMapper problems;
    private final Clock clock;
    private final WireJson json = new WireJson();

    StreamRoutes(Door door, Relays relays, ObjectMapper problems, Clock clock) {
        this.door = door;
        this.relays = relays;
        this.problems = problems;
        this.clock = clock;
    }

    static String pathOf(VmId vm, StreamKind kind) {
        return switch (kind) {
            case SSH -> VM + vm + "/ssh";
            case SERIAL, VNC -> VM + vm + "/console/" + kind.text();
        };
    }

    void register(@Observes Router router) {
        router.get(VM + ":id/ssh").order(ORDER).handler(request -> person(request, StreamKind.SSH));
        router.get(VM + ":id/console/serial").order(ORDER).handler(request -> person(request, StreamKind.SERIAL));
        router.get(VM + ":id/console/vnc").order(ORDER).handler(request -> person(request, StreamKind.VNC));
        router.get(WireTypes.STREAM_PATH).order(ORDER).handler(this::agent);
    }

    private void person(RoutingContext request, StreamKind kind) {
        Context context = request.vertx().getOrCreateContext();
        // The database is asked, which an event loop must not wait for.
        Thread.ofVirtual().name("stream-door").start(() -> {
            try {
                Opening opening = door.admit(request.request().headers(), vm(request), kind);
                checkUpgrade(request);
                Relay relay = relays.open(opening);
                context.runOnContext(v -> upgrade(request, context, relay));
            } catch (AnemoneException e) {
                refuse(request, Problem.of(e));
            } catch (RuntimeException e) {
                LOG.errorf(e, "a stream could not be opened path=%s", request.normalizedPath());
                refuse(
                        request,
                        Problem.of(new AnemoneException(
                                ErrorCode.INTERNAL, "Try again; if it stays, tell an operator when it was.")));
            }
        });
    }

    private static VmId vm(RoutingContext request) {
        return new VmId(Parameters.id(request.pathParam("id")));
    }

    private static void checkUpgrade(RoutingContext request) {
        if (!request.request().headers().contains(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET, true)) {
            throw new AnemoneException(ErrorCode.MALFORMED_REQUEST, "Open this address as a WebSocket.");
        }
    }

    private void upgrade(RoutingContext request, Context context, Relay relay) {
        request.request()
                .toWebSocket()
                .onSuccess(socket -> relay.person(new End(socket, context, clock)))
                .onFailure(e -> relay.close(CloseReason.OVER));
    }

    private void refuse(RoutingContext request, Problem problem) {
        String body;
        try {
            body = problems.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem can be written", e);
        }
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(body);
    }

    private void agent(RoutingContext request) {
        Context context = request.vertx().getOrCreateContext();
        request.request()
                .toWebSocket()
                .onSuccess(socket -> awaitHello(request.vertx(), context, socket))
                .onFailure(e -> LOG.debug("no WebSocket of an agent", e));
    }

    private void awaitHello(Vertx vertx, Context context, ServerWebSocket socket) {
        long timer = vertx.setTimer(HELLO_MILLIS, late -> socket.close(CloseReason.NOT_UNDERSTOOD.code()));
        socket.frameHandler(frame -> {
            vertx.cancelTimer(timer);
            hello(frame, new End(socket, context, clock));
        });
    }

    private void hello(WebSocketFrame frame, End end) {
        StreamHello hello;
        try {
            if (!frame.isText() || !frame.isFinal()) {
                throw new IOException("no text");
            }
            hello = json.readStreamHello(frame.textData());
        } catch (IOException e) {
            end.close(CloseReason.NOT_UNDERSTOOD);
            return;
        }
        if (!relays.brought(hello, end)) {
            end.close(CloseReason.OVER);
        }
    }
}
