package io.anemone.orchestrator.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.orchestrator.problem.Echo;
import io.anemone.orchestrator.problem.FieldException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads request bodies by the letter: no unknown or repeated field, no text where a number stands, no fraction where
 * a whole number is meant, nothing after the end. A mapper of its own, so that answers and the agents' protocol keep
 * their own rules.
 */
@ApplicationScoped
public class StrictJson {

    /** The largest body that is read. */
    public static final int MAX_BYTES = 256 * 1024;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    /**
     * @param body what was sent, or null for nothing
     * @throws AnemoneException if it is not exactly a {@code type}
     */
    public <T> T read(byte @Nullable [] body, Class<T> type) {
        if (body == null || body.length == 0) {
            throw new AnemoneException(ErrorCode.MALFORMED_REQUEST, "Send a JSON object as the request's body.");
        }
        if (body.length > MAX_BYTES) {
            throw new AnemoneException(
                    ErrorCode.REQUEST_TOO_LARGE, "Send at most " + MAX_BYTES / 1024 + " KiB as the request's body.");
        }
        try {
            T value = mapper.readValue(body, type);
            if (value == null) {
                throw new AnemoneException(ErrorCode.MALFORMED_REQUEST, "Send a JSON object, not null.");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw new FieldException(
                    ErrorCode.MALFORMED_REQUEST,
                    Echo.plain(e.getPropertyName()),
                    "There is no field " + Echo.of(e.getPropertyName()) + " here: remove it, or mend its spelling.");
        } catch (StreamReadException e) {
            throw unreadable(e);
        } catch (MismatchedInputException e) {
            throw mismatch(e);
        } catch (JsonMappingException e) {
            throw e.getPath().isEmpty() || e.getCause() instanceof JsonParseException ? unreadable(e) : wrongType(e);
        } catch (JsonProcessingException e) {
            throw unreadable(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 over what was sent, whatever its spacing and the order of its fields. */
    public byte[] hash(Object read) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(mapper.writeValueAsBytes(read));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("what was read can be written, and every Java has SHA-256", e);
        }
    }

    private static AnemoneException mismatch(MismatchedInputException e) {
        return e.getPath().isEmpty()
                ? new AnemoneException(
                        ErrorCode.MALFORMED_REQUEST, "Send one JSON object and nothing else as the request's body.")
                : wrongType(e);
    }

    private static AnemoneException wrongType(JsonMappingException e) {
        String field = field(e.getPath());
        return FieldException.invalid(field, "The field " + field + " must be " + kind(wanted(e)) + ".");
    }

    private static @Nullable Class<?> wanted(JsonMappingException e) {
        if (e instanceof MismatchedInputException mismatch) {
            return mismatch.getTargetType();
        }
        // A number that no int or long holds
        return e.getCause() instanceof InputCoercionException coercion ? coercion.getTargetType() : null;
    }

    private static String kind(@Nullable Class<?> type) {
        if (type == null) {
            return "a value of another kind";
        }
        if (type == Integer.class || type == int.class || type == Long.class) {
            return "a whole number that is written without quotes, point or exponent";
        }
        if (type == String.class) {
            return "a text in quotes";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return "a JSON object";
    }

    private static AnemoneException unreadable(JsonProcessingException e) {
        String where = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        return new AnemoneException(
                ErrorCode.MALFORMED_REQUEST, "The request's body is not valid JSON" + where + ".", e);
    }

    /** In the notation of the API's messages: {@code sshKeys[1]}, {@code labels.name}. */
    private static String field(List<JsonMappingException.Reference> path) {
        return path.stream()
                .map(step -> step.getFieldName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + Echo.plain(step.getFieldName()))
                .collect(Collectors.joining())
                .substring(path.getFirst().getFieldName() == null ? 0 : 1);
    }
}
