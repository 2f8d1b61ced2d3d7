package io.anemone.orchestrator.agentlink;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a {@code Range} header asks for (RFC 9110, 14): a header that asks for more than one range asks for everything. */
sealed interface ByteRange {

    Pattern ONE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{1,18})?");

    record Whole() implements ByteRange {}

    record Part(long from, long bytes) implements ByteRange {}

    record OutOfReach() implements ByteRange {}

    static ByteRange of(@Nullable String header, long length) {
        Matcher range = ONE.matcher(header == null ? "" : header.strip());
        if (!range.matches()) {
            return new Whole();
        }
        long from = Long.parseLong(range.group(1));
        long last = range.group(2) == null ? Long.MAX_VALUE : Long.parseLong(range.group(2));
        if (last < from) {
            return new Whole();
        }
        return from >= length ? new OutOfReach() : new Part(from, Math.min(last, length - 1) - from + 1);
    }
}
