package io.anemone.orchestrator.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down guessing: counts failed log-ins for each account and address together, and for each address alone. An
 * attempt counts from its start, so that many at once gain nothing, until it turns out to be good.
 */
@ApplicationScoped
public class LoginLimiter {

    private static final int MAX_KEYS = 10_000;

    private record Key(String account, String address) {}

    private final IdentityConfig config;
    private final Clock clock;
    private final Map<Key, Deque<Instant>> attempts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Deque<Instant>> eldest) {
            return size() > MAX_KEYS;
        }
    };

    public LoginLimiter(IdentityConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Counts an attempt; false when there were too many before, and it must not be made. */
    synchronized boolean begin(String account, String address) {
        Instant now = clock.instant();
        Deque<Instant> both = recent(new Key(account, address), now);
        Deque<Instant> alone = recent(new Key("", address), now);
        if (both.size() >= config.failuresPerAccount() || alone.size() >= config.failuresPerAddress()) {
            return false;
        }
        both.add(now);
        alone.add(now);
        return true;
    }

    /** The attempt was good: what the account failed before is forgiven. */
    synchronized void succeeded(String account, String address) {
        Deque<Instant> both = attempts.remove(new Key(account, address));
        Deque<Instant> alone = attempts.get(new Key("", address));
        if (both != null && alone != null) {
            both.forEach(alone::removeFirstOccurrence);
        }
    }

    Duration window() {
        return config.failureWindow();
    }

    private Deque<Instant> recent(Key key, Instant now) {
        Deque<Instant> times = attempts.computeIfAbsent(key, k -> new ArrayDeque<>());
        Instant from = now.minus(config.failureWindow());
        while (!times.isEmpty() && !times.getFirst().isAfter(from)) {
            times.removeFirst();
        }
        return times;
    }
}
