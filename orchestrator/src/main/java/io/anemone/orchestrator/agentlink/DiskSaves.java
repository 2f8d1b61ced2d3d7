package io.anemone.orchestrator.agentlink;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.image.ImageFile;
import io.anemone.core.orders.PlainText;
import io.anemone.core.wire.SaveReport;
import io.anemone.core.wire.WireTypes;
import io.anemone.orchestrator.image.ImageSaves;
import io.anemone.orchestrator.image.ImageSaves.Waiting;
import io.anemone.orchestrator.json.WireJson;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.vm.VmQuery;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Disks of guests that their agents bring, {@link WireTypes#SAVES_PATH}. An agent brings what is waited for of the VMs on
 * its lease, nothing else; for whatever else it is told that nobody waits for that.
 */
@ApplicationScoped
class DiskSaves {

    private static final Logger LOG = Logger.getLogger(DiskSaves.class);
    private static final int MAX_REPORT = 16 * 1024;

    private final AgentCallers callers;
    private final VmQuery vms;
    private final ImageSaves saves;
    private final WireJson json = new WireJson();

    DiskSaves(AgentCallers callers, VmQuery vms, ImageSaves saves) {
        this.callers = callers;
        this.vms = vms;
        this.saves = saves;
    }

    void register(@Observes Router router) {
        String path = WireTypes.SAVES_PATH + "/:save";
        router.route(HttpMethod.POST, path)
                .handler(BodyHandler.create(false).setBodyLimit(MAX_REPORT))
                .blockingHandler(context -> serve(context, this::report), false);
        router.route(HttpMethod.PUT, path)
                .handler(BodyHandler.create(false).setBodyLimit(WireTypes.MAX_PIECE))
                .blockingHandler(context -> serve(context, this::piece), false);
    }

    private interface Answer {
        /** @return the byte that is expected next; -1 for a request that cannot be read */
        long to(RoutingContext context, Waiting save) throws IOException;
    }

    private void serve(RoutingContext context, Answer answer) {
        try {
            Optional<LeaseRecord> lease = callers.lease(context.request());
            if (lease.isEmpty()) {
                context.response().putHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"anemone-agent\"");
                end(context, 401);
                return;
            }
            Optional<Waiting> save = id(context.pathParam("save"))
                    .flatMap(saves::find)
                    .filter(waiting -> vms.on(lease.get().id()).stream()
                            .anyMatch(vm -> vm.id().equals(waiting.vm())
                                    && vm.view().state().attempt() == waiting.attempt()));
            if (save.isEmpty()) {
                end(context, 404);
                return;
            }
            long expected = answer.to(context, save.get());
            if (expected < 0) {
                end(context, 400);
                return;
            }
            context.response().putHeader(WireTypes.OFFSET_HEADER, Long.toString(expected));
            end(context, 200);
        } catch (AnemoneException e) {
            end(context, e.code().httpStatus());
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "a disk that is saved could not be taken in");
            end(context, 503);
        }
    }

    private static void end(RoutingContext context, int status) {
        context.response().setStatusCode(status).end();
    }

    private static Optional<UUID> id(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private long report(RoutingContext context, Waiting save) throws IOException {
        SaveReport report;
        try {
            report = json.readSaveReport(context.body().asString());
        } catch (IOException e) {
            return -1;
        }
        switch (report.step()) {
            case COPYING -> saves.copying(save, report.doneBytes(), report.totalBytes());
            case FAILED -> saves.failed(save, PlainText.of(String.valueOf(report.message())) + ".");
            case SENDING -> {
                String sha256 = report.sha256();
                if (sha256 == null || !ImageFile.isDigest(sha256)) {
                    return -1;
                }
                saves.declared(save, report.totalBytes(), sha256, report.quiesced());
                return saves.arrived(saves.find(save.id()).orElse(save));
            }
        }
        return 0;
    }

    private long piece(RoutingContext context, Waiting save) throws IOException {
        String offset = context.request().getHeader(WireTypes.OFFSET_HEADER);
        Long bytes = save.bytes();
        byte[] piece = context.body().buffer() == null
                ? new byte[0]
                : context.body().buffer().getBytes();
        if (offset == null || !offset.matches("[0-9]{1,18}") || bytes == null || piece.length == 0) {
            return -1;
        }
        long from = Long.parseLong(offset);
        if (from + piece.length > bytes) {
            return -1;
        }
        long now = saves.arrives(save, from, new ByteArrayInputStream(piece));
        saves.bringing(save, from, now);
        return now;
    }
}
