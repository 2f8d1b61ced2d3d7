package io.anemone.orchestrator.vm;

import io.anemone.core.vm.VmId;
import io.anemone.orchestrator.problem.FieldException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Where a page ended, as text that callers hand back and need not understand. */
final class VmCursor {

    private static final int MAX_CHARS = 200;

    private VmCursor() {}

    static String of(VmRecord last) {
        String plain = last.times().createdAt() + " " + last.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    static VmFilter.Position parse(String cursor) {
        try {
            if (cursor.length() > MAX_CHARS) {
                throw invalid();
            }
            String[] words =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII).split(" ", -1);
            if (words.length != 2) {
                throw invalid();
            }
            return new VmFilter.Position(Instant.parse(words[0]), VmId.parse(words[1]));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw invalid();
        }
    }

    private static FieldException invalid() {
        return FieldException.invalid("cursor", "The cursor is not one: hand back nextCursor as it came.");
    }
}
