package io.anemone.orchestrator.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An error as the API tells it (RFC 9457), with Anemone's code. */
@Schema(description = "Why a request was not carried out (RFC 9457)")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        @Schema(description = "Names the kind of problem", examples = "urn:anemone:problem:unknown-image")
        String type,

        @Schema(description = "The kind of problem in words", examples = "There is no such image")
        String title,

        @Schema(description = "The HTTP status", examples = "422")
        int status,

        @Schema(description = "Stable name for programs") ErrorCode code,

        @Schema(
                description = "What is wrong this time, and what to do",
                examples = "There is no image “windows”: take one of debian-12, micro.")
        String detail,

        @Schema(description = "Identifies this occurrence in the service's log, if it is there") @Nullable
        String instance,

        @Schema(description = "The field that is wrong, if it is one", examples = "image") @Nullable
        String field) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(AnemoneException e) {
        return of(e.code(), e.getMessage() == null ? e.code().title() : e.getMessage())
                .withField(e instanceof FieldException of ? of.field() : null);
    }

    static Problem of(ErrorCode code, String detail) {
        return new Problem(type(code), code.title(), code.httpStatus(), code, detail, null, null);
    }

    Problem withInstance(String instance) {
        return new Problem(type, title, status, code, detail, instance, field);
    }

    private Problem withField(@Nullable String field) {
        return new Problem(type, title, status, code, detail, instance, field);
    }

    private static String type(ErrorCode code) {
        return "urn:anemone:problem:" + code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
