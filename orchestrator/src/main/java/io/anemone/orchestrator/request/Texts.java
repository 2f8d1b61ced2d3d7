package io.anemone.orchestrator.request;

import io.anemone.core.error.ErrorCode;
import io.anemone.orchestrator.problem.Characters;
import io.anemone.orchestrator.problem.Echo;
import io.anemone.orchestrator.problem.FieldException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The checks on single fields that need to know nothing of the site. */
public final class Texts {

    static final int MAX_KEYS = 32;
    static final int MAX_KEY_CHARS = 16 * 1024;
    static final int MAX_USER_DATA_BYTES = 64 * 1024;
    static final int MAX_LABELS = 64;
    static final int MAX_LABEL_CHARS = 256;

    private static final int MAX_COMMENT_CHARS = 256;
    private static final int MAX_WALLTIME_CHARS = 64;
    private static final Duration MIN_WALLTIME = Duration.ofMinutes(1);
    private static final Duration MAX_WALLTIME = Duration.ofDays(365);
    private static final Pattern NAME = Pattern.compile(VmRequestParser.NAME);
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");
    private static final Pattern LABEL_KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,62}");
    // Nothing that XML, a shell, YAML or a terminal would read as more than text
    private static final Pattern LABEL_VALUE = Pattern.compile("[\\p{L}\\p{M}\\p{N} ._/:@+=,-]*");

    private Texts() {}

    static String name(@Nullable String name) {
        if (name == null) {
            throw FieldException.invalid("name", "Give the VM a name: it becomes the guest's host name.");
        }
        if (!NAME.matcher(name).matches()) {
            throw FieldException.invalid(
                    "name",
                    "The name " + Echo.of(name) + " cannot be a host name: use 1 to 63 lower-case letters, digits and"
                            + " hyphens, with no hyphen at either end.");
        }
        return name;
    }

    /** A name of the scheduler's or of a pool. */
    public static @Nullable String word(String field, @Nullable String value) {
        if (value == null || WORD.matcher(value).matches()) {
            return value;
        }
        throw FieldException.invalid(
                field,
                "The " + field + " " + Echo.of(value) + " cannot be right: use 1 to 64 letters, digits and . _ - , with"
                        + " a letter, digit or _ first.");
    }

    static int whole(String field, @Nullable Integer value, int least, int most) {
        if (value == null) {
            throw FieldException.invalid(field, "Give " + field + " too, or a flavor instead.");
        }
        if (value < least || value > most) {
            throw FieldException.invalid(
                    field, "The field " + field + " must be from " + least + " to " + most + ", not " + value + ".");
        }
        return value;
    }

    static @Nullable Duration walltime(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        Duration walltime;
        try {
            walltime = text.length() > MAX_WALLTIME_CHARS ? Duration.ZERO : Duration.parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw FieldException.invalid(
                    field,
                    "The " + field + " " + Echo.of(text)
                            + " is not an ISO 8601 duration: write for example PT1H, PT90M or" + " P2D.");
        }
        if (walltime.compareTo(MIN_WALLTIME) < 0
                || walltime.compareTo(MAX_WALLTIME) > 0
                || walltime.toNanosPart() != 0) {
            throw FieldException.invalid(
                    field,
                    "The " + field + " " + Echo.of(text) + " must be whole seconds from one minute (PT1M) to 365 days"
                            + " (P365D).");
        }
        return walltime;
    }

    static List<String> sshKeys(@Nullable List<@Nullable String> lines) {
        if (lines == null) {
            return List.of();
        }
        if (lines.size() > MAX_KEYS) {
            throw FieldException.invalid("sshKeys", "Give at most " + MAX_KEYS + " ssh keys.");
        }
        List<String> keys = new ArrayList<>();
        for (String line : lines) {
            keys.add(sshKey("sshKeys[" + keys.size() + "]", line));
        }
        return keys;
    }

    private static String sshKey(String field, @Nullable String line) {
        String advice = ": paste one line of a .pub file, for example ~/.ssh/id_ed25519.pub.";
        if (line == null
                || line.length() > MAX_KEY_CHARS
                || !Characters.harmless(line.strip().replace('\t', ' '))) {
            throw FieldException.invalid(
                    field, "The ssh key is not one line of at most " + MAX_KEY_CHARS / 1024 + " KiB" + advice);
        }
        try {
            OpenSshPublicKey key = OpenSshPublicKey.parse(line);
            if (key.comment().length() > MAX_COMMENT_CHARS) {
                throw FieldException.invalid(
                        field,
                        "The ssh key's comment is longer than " + MAX_COMMENT_CHARS + " characters: shorten it.");
            }
            return key.line();
        } catch (OpenSshPublicKey.NotAKey e) {
            throw FieldException.invalid(field, "The ssh key " + e.getMessage() + advice);
        }
    }

    static @Nullable String userData(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int bytes;
        try {
            bytes = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(text))
                    .remaining();
        } catch (CharacterCodingException e) {
            throw FieldException.invalid("userData", "The user data is not text: it has half of a surrogate pair.");
        }
        if (bytes > MAX_USER_DATA_BYTES) {
            throw FieldException.invalid(
                    "userData",
                    "The user data has more than " + MAX_USER_DATA_BYTES / 1024 + " KiB: fetch the rest"
                            + " from within the guest.");
        }
        if (text.indexOf('\0') >= 0) {
            throw FieldException.invalid("userData", "The user data holds a NUL character: remove it.");
        }
        UserData.check(text);
        return text;
    }

    static Map<String, String> labels(@Nullable Map<String, @Nullable String> labels) {
        if (labels == null) {
            return Map.of();
        }
        if (labels.size() > MAX_LABELS) {
            throw FieldException.invalid("labels", "Give at most " + MAX_LABELS + " labels.");
        }
        labels.forEach(Texts::label);
        return Map.copyOf(labels);
    }

    private static void label(String key, @Nullable String value) {
        if (!LABEL_KEY.matcher(key).matches()) {
            throw FieldException.invalid(
                    "labels",
                    "The label key " + Echo.of(key) + " cannot be used: take 1 to 63 letters, digits and . _ / - , with"
                            + " a letter or digit first.");
        }
        if (value == null || value.length() > MAX_LABEL_CHARS) {
            throw new FieldException(
                    ErrorCode.INVALID_FIELD,
                    "labels." + key,
                    "The label " + key + " needs a value of at most " + MAX_LABEL_CHARS + " characters.");
        }
        if (!LABEL_VALUE.matcher(value).matches()) {
            throw FieldException.invalid(
                    "labels." + key,
                    "The label " + key + " has a character that is not allowed in " + Echo.of(value) + ": take letters,"
                            + " digits, spaces and . _ / : @ + = , - only.");
        }
    }
}
