package io.anemone.orchestrator.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One stream: ties the person's end to that of the guest as soon as both are there. Safe for use by many threads. */
final class Relay {

    private final Opening opening;
    private final Instant openedAt;
    private final BiConsumer<Relay, CloseReason> closed;
    private @Nullable End person;
    private @Nullable End guest;
    private @Nullable CloseReason over;

    /** @param closed called once, when it is over */
    Relay(Opening opening, Instant openedAt, BiConsumer<Relay, CloseReason> closed) {
        this.opening = opening;
        this.openedAt = openedAt;
        this.closed = closed;
    }

    Opening opening() {
        return opening;
    }

    synchronized void person(End end) {
        if (over != null) {
            end.close(over);
            return;
        }
        person = end;
        end.onClose(() -> close(CloseReason.OVER));
        tie();
    }

    /** @return false if the guest's end is there already, or nobody waits for it any more */
    synchronized boolean guest(End end) {
        if (over != null || guest != null) {
            return false;
        }
        guest = end;
        end.onClose(() -> close(CloseReason.OVER));
        tie();
        return true;
    }

    private void tie() {
        End one = person;
        End other = guest;
        if (one != null && other != null) {
            Runnable notUnderstood = () -> close(CloseReason.NOT_UNDERSTOOD);
            one.passOnTo(other, notUnderstood);
            other.passOnTo(one, notUnderstood);
        }
    }

    /** Both ends are told; a repeat is harmless. */
    void close(CloseReason reason) {
        End one;
        End other;
        synchronized (this) {
            if (over != null) {
                return;
            }
            over = reason;
            one = person;
            other = guest;
        }
        if (one != null) {
            one.close(reason);
        }
        if (other != null) {
            other.close(reason);
        }
        closed.accept(this, reason);
    }

    /** Asks both ends whether they are there, and ends what has waited or been silent for too long. */
    void check(StreamConfig config, Instant now) {
        End one;
        End other;
        synchronized (this) {
            one = person;
            other = guest;
        }
        if (one == null || other == null) {
            if (openedAt.plus(config.agentWait()).isBefore(now)) {
                close(CloseReason.NO_AGENT);
            }
            return;
        }
        Duration silence = config.ping().multipliedBy(3);
        if (one.silentSince(now.minus(silence)) || other.silentSince(now.minus(silence))) {
            close(CloseReason.SILENT);
        } else if (one.idleFor(config.idle(), now) && other.idleFor(config.idle(), now)) {
            close(CloseReason.IDLE);
        } else {
            one.ping();
            other.ping();
        }
    }
}
