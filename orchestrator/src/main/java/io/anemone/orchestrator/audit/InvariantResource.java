package io.anemone.orchestrator.audit;

import io.anemone.core.audit.Invariant;
import io.anemone.orchestrator.identity.Role;
import io.anemone.orchestrator.request.ApiV1;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The live audit, for operators. */
@Path("/invariants")
@Tag(name = "Site")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@APIResponse(responseCode = "401", ref = ApiV1.UNAUTHENTICATED)
@APIResponse(responseCode = "500", ref = ApiV1.INTERNAL)
@APIResponse(responseCode = "503", ref = ApiV1.UNAVAILABLE)
public class InvariantResource {

    private final AuditBoard board;
    private final Clock clock;

    InvariantResource(AuditBoard board, Clock clock) {
        this.board = board;
        this.clock = clock;
    }

    @GET
    @RolesAllowed(Role.OPERATOR_NAME)
    @Operation(
            summary = "Look at the live audit",
            description = "For each invariant whether it holds, and what speaks against it. For operators.")
    @APIResponse(responseCode = "200", description = "The invariants, in order")
    @APIResponse(responseCode = "403", ref = ApiV1.FORBIDDEN)
    public InvariantJson.All list() {
        Instant now = clock.instant();
        return new InvariantJson.All(
                Arrays.stream(Invariant.values())
                        .map(invariant -> invariant(invariant, now))
                        .toList(),
                violations(board.healed(), now));
    }

    private InvariantJson invariant(Invariant invariant, Instant now) {
        List<StoredViolation> open = board.open(invariant);
        String unknown = board.unknown(invariant);
        @Nullable Boolean holds = !open.isEmpty() ? Boolean.FALSE : unknown == null ? Boolean.TRUE : null;
        return new InvariantJson(
                invariant,
                invariant.title(),
                invariant.sentence(),
                holds,
                unknown,
                board.checkedAt(),
                violations(open, now));
    }

    private static List<InvariantJson.Violation> violations(List<StoredViolation> violations, Instant now) {
        return violations.stream()
                .map(violation -> InvariantJson.Violation.of(violation, now))
                .toList();
    }
}
