package io.anemone.core.vm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a guest says of itself through the agent inside it. It is root there and may say anything: fit to be shown, and
 * for nothing else.
 *
 * @param hostname  its host name
 * @param os        its system in words, e.g. {@code Debian GNU/Linux 12 (bookworm)}
 * @param kernel    release of its kernel
 * @param addresses of its cards, without loopback and link-local ones
 * @param users     who is logged in
 */
public record GuestFacts(
        @Nullable String hostname,
        @Nullable String os,
        @Nullable String kernel,
        List<String> addresses,
        List<String> users) {

    public static final int MAX_ADDRESSES = 16;
    public static final int MAX_USERS = 32;

    public GuestFacts {
        addresses = addresses == null
                ? List.of()
                : addresses.stream().limit(MAX_ADDRESSES).toList();
        users = users == null ? List.of() : users.stream().limit(MAX_USERS).toList();
    }
}
