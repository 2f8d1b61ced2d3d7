package io.anemone.orchestrator.request;

import io.anemone.core.image.ReadinessProbe;
import io.anemone.core.image.ReadinessProbe.Kind;
import io.anemone.core.image.ReadinessProbe.OnTimeout;
import io.anemone.core.wire.Join;
import io.anemone.orchestrator.problem.Characters;
import io.anemone.orchestrator.problem.Echo;
import io.anemone.orchestrator.problem.FieldException;
import java.time.DateTimeException;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What shall make a VM READY, as somebody wrote it down. What is left out is as the image says. */
@Schema(
        name = "ReadinessRequest",
        description = "What makes the VM READY, and by when. What is left out is as its image says.")
public record RequestedReadiness(
        @Schema(
                description = "`ssh`: its ssh server sends its banner. `agent`: its guest agent answers. `console`: its"
                        + " serial console shows `pattern`. `cloud-init`: cloud-init says on the console that it is"
                        + " done, user scripts included. `none`: its domain runs",
                enumeration = {"ssh", "agent", "console", "cloud-init", "none"},
                examples = "cloud-init")
        @Nullable
        String kind,

        @Schema(
                description = "Boot deadline, as an ISO 8601 duration of whole seconds from PT1S to P1D",
                examples = "PT10M")
        @Nullable
        String timeout,

        @Schema(
                description = "For `console`: plain text, 1 to 256 characters on one line, that the console must show",
                examples = "login: ")
        @Nullable
        String pattern,

        @Schema(
                description = "When the deadline passes: `tell` leaves the VM RUNNING and says what is missing, `fail`"
                        + " ends it with `GUEST_NOT_READY`",
                enumeration = {"tell", "fail"},
                defaultValue = "tell")
        @Nullable
        String onTimeout) {

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(1);
    private static final int MAX_TIMEOUT_CHARS = 32;

    static @Nullable RequestedReadiness direct(Join.@Nullable ReadinessRequest written) {
        return written == null
                ? null
                : new RequestedReadiness(written.kind(), written.timeout(), written.pattern(), written.onTimeout());
    }

    /** @param image what the image says */
    ReadinessProbe over(ReadinessProbe image) {
        Kind kind = kind(image.kind());
        return new ReadinessProbe(kind, timeout(image.timeout()), pattern(kind, image), onTimeout(image.onTimeout()));
    }

    private Kind kind(Kind ofImage) {
        return switch (kind) {
            case null -> ofImage;
            case "ssh" -> Kind.SSH;
            case "agent" -> Kind.AGENT;
            case "console" -> Kind.CONSOLE;
            case "cloud-init" -> Kind.CLOUD_INIT;
            case "none" -> Kind.NONE;
            default ->
                throw FieldException.invalid(
                        "readiness.kind",
                        "There is no readiness probe " + Echo.of(kind) + ": use ssh, agent, console, cloud-init or"
                                + " none.");
        };
    }

    private Duration timeout(Duration ofImage) {
        if (timeout == null) {
            return ofImage;
        }
        try {
            Duration given = timeout.length() > MAX_TIMEOUT_CHARS ? Duration.ZERO : Duration.parse(timeout);
            if (given.compareTo(LEAST) >= 0 && given.compareTo(MOST) <= 0 && given.toNanosPart() == 0) {
                return given;
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw badTimeout(timeout);
        }
        throw badTimeout(timeout);
    }

    private static FieldException badTimeout(String written) {
        return FieldException.invalid(
                "readiness.timeout",
                "The readiness timeout " + Echo.of(written)
                        + " must be an ISO 8601 duration of whole seconds from PT1S to P1D, for example PT10M.");
    }

    private @Nullable String pattern(Kind chosen, ReadinessProbe image) {
        if (chosen != Kind.CONSOLE) {
            if (pattern != null) {
                throw FieldException.invalid(
                        "readiness.pattern",
                        "A pattern is for the probe console alone: leave it out, or ask for that.");
            }
            return null;
        }
        String text = pattern != null ? pattern : image.pattern();
        if (text == null
                || text.isBlank()
                || text.length() > ReadinessProbe.MAX_PATTERN
                || !Characters.harmless(text)) {
            throw FieldException.invalid(
                    "readiness.pattern",
                    "Give the probe console a pattern: the text that the console shall show, 1 to "
                            + ReadinessProbe.MAX_PATTERN + " characters on one line.");
        }
        return text;
    }

    private OnTimeout onTimeout(OnTimeout ofImage) {
        return switch (onTimeout) {
            case null -> ofImage;
            case "tell" -> OnTimeout.TELL;
            case "fail" -> OnTimeout.FAIL;
            default ->
                throw FieldException.invalid(
                        "readiness.onTimeout", "There is no " + Echo.of(onTimeout) + " here: use tell or fail.");
        };
    }
}
