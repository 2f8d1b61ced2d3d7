package io.anemone.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happened, for people; kept only in a replay, because words cost more than the rest of a run. */
final class Timeline {

    private final boolean kept;
    private final List<String> lines = new ArrayList<>();

    Timeline(boolean kept) {
        this.kept = kept;
    }

    boolean kept() {
        return kept;
    }

    void add(long millis, String party, String what) {
        if (kept) {
            lines.add(String.format(Locale.ROOT, "%9.3f  %-14s %s", millis / 1000.0, party, what));
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
