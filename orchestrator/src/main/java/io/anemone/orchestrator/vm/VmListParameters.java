package io.anemone.orchestrator.vm;

import io.anemone.core.vm.LaunchPath;
import io.anemone.core.vm.Phase;
import io.anemone.orchestrator.identity.Caller;
import io.anemone.orchestrator.problem.Echo;
import io.anemone.orchestrator.problem.FieldException;
import io.anemone.orchestrator.request.Parameters;
import jakarta.ws.rs.QueryParam;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which VMs somebody wants listed; text, so that what is wrong can be told by name. */
public class VmListParameters {

    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 200;

    @QueryParam("phase")
    @Parameter(description = "Only VMs in this phase", schema = @Schema(implementation = Phase.class))
    @Nullable
    String phase;

    @QueryParam("owner")
    @Parameter(description = "Only VMs of this account; of use to operators")
    @Nullable
    String owner;

    @QueryParam("path")
    @Parameter(
            description = "Only VMs of this launch path",
            schema = @Schema(enumeration = {"static", "scheduled", "direct"}))
    @Nullable
    String path;

    @QueryParam("active")
    @Parameter(description = "Whether to leave out those that are over", schema = @Schema(type = SchemaType.BOOLEAN))
    @Nullable
    String active;

    @QueryParam("limit")
    @Parameter(
            description = "How many at most, from 1 to 200",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
    @Nullable
    String limit;

    @QueryParam("cursor")
    @Parameter(description = "`nextCursor` of the page before")
    @Nullable
    String cursor;

    /** Empty if the caller asks for what it may not see: there is none of it, to this caller. */
    Optional<VmFilter> filter(Caller caller) {
        VmFilter filter = new VmFilter(
                caller.operator() ? owner : caller.name(),
                phase == null ? null : phase(phase),
                path == null ? null : path(path),
                Parameters.flag("active", active),
                cursor == null ? null : VmCursor.parse(cursor),
                Parameters.number("limit", limit, DEFAULT_LIMIT, MAX_LIMIT));
        return owner == null || caller.sees(owner) ? Optional.of(filter) : Optional.empty();
    }

    private static Phase phase(String text) {
        return Stream.of(Phase.values())
                .filter(phase -> phase.name().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        FieldException.invalid("phase", "There is no phase " + Echo.of(text) + ": see /q/openapi."));
    }

    private static LaunchPath path(String text) {
        return Stream.of(LaunchPath.values())
                .filter(path -> path.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> FieldException.invalid(
                        "path", "There is no path " + Echo.of(text) + ": use static, scheduled or direct."));
    }
}
