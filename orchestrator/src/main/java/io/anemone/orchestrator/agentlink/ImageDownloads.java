package io.anemone.orchestrator.agentlink;

import io.anemone.core.image.ImageFile;
import io.anemone.core.image.ImageReference;
import io.anemone.core.wire.WireTypes;
import io.anemone.orchestrator.image.Images;
import io.anemone.orchestrator.lease.LeaseRecord;
import io.anemone.orchestrator.vm.VmQuery;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The files of images, for nodes that do not have them: {@code GET /agent/v1/images/SHA256}, whole or one range. An agent
 * shows its lease and the secret that it joins again with, and gets what the VMs on that lease boot from, and what it was
 * told to bring to its node for later, nothing else.
 * Whoever may not is told the same as for a file that there is not.
 */
@ApplicationScoped
class ImageDownloads {

    private static final Logger LOG = Logger.getLogger(ImageDownloads.class);

    private final AgentCallers callers;
    private final VmQuery vms;
    private final Images images;
    private final Prefetches prefetches;

    ImageDownloads(AgentCallers callers, VmQuery vms, Images images, Prefetches prefetches) {
        this.callers = callers;
        this.vms = vms;
        this.images = images;
        this.prefetches = prefetches;
    }

    void register(@Observes Router router) {
        String path = WireTypes.IMAGES_PATH + "/:sha256";
        router.route(HttpMethod.GET, path).blockingHandler(this::serve, false);
        router.route(HttpMethod.HEAD, path).blockingHandler(this::serve, false);
    }

    private void serve(RoutingContext context) {
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaderNames.CACHE_CONTROL, "no-store");
        try {
            Optional<LeaseRecord> lease = callers.lease(context.request());
            if (lease.isEmpty()) {
                response.putHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"anemone-agent\"");
                response.setStatusCode(401).end();
                return;
            }
            String sha256 = String.valueOf(context.pathParam("sha256"));
            Optional<Path> file = ImageFile.isDigest(sha256) ? file(lease.get(), sha256) : Optional.empty();
            if (file.isEmpty()) {
                response.setStatusCode(404).end();
                return;
            }
            send(context.request(), response, file.get(), sha256);
        } catch (RuntimeException e) {
            LOG.errorf(e, "an image's file could not be served");
            response.setStatusCode(503).end();
        }
    }

    /**
     * Of what its VMs boot from, or may be brought to its node for later. VMs that wait for the lease count too: their
     * files can be brought while the others still run.
     */
    private Optional<Path> file(LeaseRecord lease, String sha256) {
        Stream<ImageReference> booted = vms.on(lease.id()).stream()
                .map(vm -> ImageReference.parse(vm.spec().image()))
                .flatMap(Optional::stream);
        return Stream.concat(booted, prefetches.references(lease).stream())
                .map(reference -> images.file(reference, sha256))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static void send(HttpServerRequest request, HttpServerResponse response, Path file, String sha256) {
        long length = file.toFile().length();
        ByteRange range = ByteRange.of(request.getHeader(HttpHeaderNames.RANGE), length);
        response.putHeader(HttpHeaderNames.ACCEPT_RANGES, "bytes");
        response.putHeader(HttpHeaderNames.ETAG, "\"" + sha256 + "\"");
        response.putHeader(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream");
        switch (range) {
            case ByteRange.Whole whole -> body(request, response.setStatusCode(200), file, 0, length);
            case ByteRange.Part(long from, long bytes) -> {
                response.putHeader(
                        HttpHeaderNames.CONTENT_RANGE, "bytes " + from + "-" + (from + bytes - 1) + "/" + length);
                body(request, response.setStatusCode(206), file, from, bytes);
            }
            case ByteRange.OutOfReach none -> {
                response.putHeader(HttpHeaderNames.CONTENT_RANGE, "bytes */" + length);
                response.setStatusCode(416).end();
            }
        }
    }

    private static void body(HttpServerRequest request, HttpServerResponse response, Path file, long from, long bytes) {
        if (request.method().equals(HttpMethod.HEAD) || bytes == 0) {
            response.putHeader(HttpHeaderNames.CONTENT_LENGTH, Long.toString(bytes))
                    .end();
            return;
        }
        response.sendFile(file.toString(), from, bytes).onFailure(e -> {
            // Most likely the node went away; it will ask for the rest.
            LOG.debugf(e, "an image's file was not sent whole");
            response.reset();
        });
    }
}
