package io.anemone.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** True time, in milliseconds, and what is to happen when. One thread; one seed gives one order of events. */
final class World {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    /** What is not a process's own: it happens whatever else does. */
    static final Life NATURE = new Life();

    private record Due(long at, long number, Life life, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private final SplittableRandom random;
    private final Timeline timeline;
    private long now;
    private long numbers;

    World(long seed, Timeline timeline) {
        this.random = new SplittableRandom(seed);
        this.timeline = timeline;
    }

    long now() {
        return now;
    }

    Instant time() {
        return START.plusMillis(now);
    }

    void after(Life life, long millis, Runnable action) {
        queue.add(new Due(now + Math.max(millis, 0), numbers++, life, action));
    }

    void after(Life life, Duration wait, Runnable action) {
        after(life, wait.toMillis(), action);
    }

    /** Does what is due next. @return false if that is not before {@code end} */
    boolean next(long end) {
        Due due = queue.peek();
        if (due == null || due.at >= end) {
            now = end;
            return false;
        }
        queue.poll();
        now = due.at;
        if (due.life.over()) {
            return true;
        }
        if (due.life.frozenUntil() > now) {
            queue.add(new Due(due.life.frozenUntil(), due.number, due.life, due.action));
        } else {
            due.action.run();
        }
        return true;
    }

    void tell(String party, String what) {
        timeline.add(now, party, what);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Between the two, both included. */
    long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    RandomGenerator random() {
        return random;
    }
}
