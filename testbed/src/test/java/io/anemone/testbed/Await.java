package io.anemone.testbed;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for a condition, never for a time. */
final class Await {

    private static final Duration BETWEEN = Duration.ofMillis(200);

    private Await() {}

    /** The first value that fits; a failure tells the last one that did not. */
    static <T> T within(Duration limit, String what, Callable<T> look, Predicate<? super T> fits) {
        AtomicReference<@Nullable T> last = new AtomicReference<>();
        try {
            return Awaitility.await(what)
                    .atMost(limit)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(BETWEEN)
                    // The orchestrator may be away for the moment: some tests kill it.
                    .ignoreException(UncheckedIOException.class)
                    .until(
                            () -> {
                                T value = look.call();
                                last.set(value);
                                return value;
                            },
                            fits::test);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "not within " + limit.toSeconds() + " s: " + what + "; last seen: " + last.get(), e);
        }
    }

    /** It holds at every look for this long. */
    static void staysFor(Duration time, String what, Callable<Boolean> look) {
        Awaitility.await(what)
                .atMost(time.plusSeconds(20))
                .during(time)
                .pollDelay(Duration.ZERO)
                .pollInterval(BETWEEN)
                .failFast(what + " no longer", () -> !look.call())
                .until(look);
    }
}
