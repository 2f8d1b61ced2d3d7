package io.anemone.core.volume;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands beside a volume's file and tells who used it last. Whoever comes later has a higher one; whoever finds a
 * higher one than its own came too late and must not touch the file.
 *
 * @param generation how many VMs have held the volume
 * @param attempt    of the VM that holds it
 */
public record Fence(long generation, int attempt) implements Comparable<Fence> {

    /** Of a volume that nobody has used yet. */
    public static final Fence NONE = new Fence(0, 0);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18}) ([0-9]{1,9})");
    private static final Comparator<Fence> ORDER =
            Comparator.comparingLong(Fence::generation).thenComparingInt(Fence::attempt);

    /** @throws IllegalArgumentException if it is not what {@link #toString} wrote */
    public static Fence parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a volume's fence");
        }
        return new Fence(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** Whether an attempt with {@code other} may use the volume. The same one may prepare it again. */
    public boolean admits(Fence other) {
        return compareTo(other) <= 0;
    }

    @Override
    public int compareTo(Fence other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return generation + " " + attempt;
    }
}
