package io.anemone.orchestrator.request;

import io.anemone.core.wire.Join;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A guest's connection as somebody wrote it down: nothing is checked yet. */
@Schema(name = "NetworkRequest")
public record RequestedNetwork(
        @Schema(
                description = "TCP ports of the guest, besides ssh, that are published on its node; the VM says on"
                        + " which ports of the node",
                examples = "[80, 443]")
        @Nullable
        List<@Nullable Integer> ports,

        @Schema(
                description = "Whether the guest can open no connection to the outside, and publishes no ports. It is"
                        + " still reached by ssh through Anemone",
                defaultValue = "false")
        @Nullable
        Boolean isolated,

        @Schema(
                description = "Bridge of the nodes to be plugged into, where the site allows it; only on path `static`",
                examples = "br-guests")
        @Nullable
        String bridge) {

    static @Nullable RequestedNetwork of(Join.@Nullable NetworkRequest request) {
        return request == null ? null : new RequestedNetwork(request.ports(), request.isolated(), null);
    }
}
