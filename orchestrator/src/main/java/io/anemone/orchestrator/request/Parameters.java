package io.anemone.orchestrator.request;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.orchestrator.problem.Echo;
import io.anemone.orchestrator.problem.FieldException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads parameters of addresses and headers. */
public final class Parameters {

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[\\x20-\\x7e]{1,255}");

    private Parameters() {}

    /** What is no id names nothing that there is. */
    public static UUID id(String text) {
        if (!UUID_TEXT.matcher(text).matches()) {
            throw new AnemoneException(ErrorCode.NOT_FOUND, "There is nothing with the id " + Echo.of(text) + ".");
        }
        return UUID.fromString(text);
    }

    public static boolean flag(String name, @Nullable String text) {
        return switch (text) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            default -> throw FieldException.invalid(name, "The parameter " + name + " must be true or false.");
        };
    }

    public static int number(String name, @Nullable String text, int ifAbsent, int most) {
        if (text == null) {
            return ifAbsent;
        }
        if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > most) {
            throw FieldException.invalid(
                    name, "The parameter " + name + " must be a whole number from 1 to " + most + ".");
        }
        return Integer.parseInt(text);
    }

    public static @Nullable String idempotencyKey(@Nullable String text) {
        if (text != null && !IDEMPOTENCY_KEY.matcher(text).matches()) {
            throw FieldException.invalid(
                    "Idempotency-Key", "The Idempotency-Key must be 1 to 255 printable ASCII characters.");
        }
        return text;
    }
}
