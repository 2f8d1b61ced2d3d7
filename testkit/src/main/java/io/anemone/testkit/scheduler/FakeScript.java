package io.anemone.testkit.scheduler;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * As much shell as contracts need: {@code sleep N} and {@code exit N} or {@code exit $NAME}. Any other line, such
 * as the one that starts an agent, runs until somebody ends the job.
 */
record FakeScript(@Nullable Duration lasts, int exitCode) {

    static FakeScript of(String script, Map<String, String> environment) {
        Duration lasts = Duration.ZERO;
        for (String line : script.lines().filter(text -> !text.startsWith("#")).toList()) {
            String[] words = line.strip().split(" ", 2);
            if (words.length == 2 && words[0].equals("sleep")) {
                lasts = lasts.plusSeconds(number(words[1], environment));
            } else if (words.length == 2 && words[0].equals("exit")) {
                return new FakeScript(lasts, number(words[1], environment));
            } else if (!line.isBlank()) {
                return new FakeScript(null, 0);
            }
        }
        return new FakeScript(lasts, 0);
    }

    /** Its exit code if it has come to its end by now, else null. */
    @Nullable
    Integer exitCodeAfter(Duration age) {
        return lasts != null && age.compareTo(lasts) >= 0 ? exitCode : null;
    }

    private static int number(String word, Map<String, String> environment) {
        String text = word.startsWith("$") ? environment.getOrDefault(word.substring(1), "0") : word;
        return Integer.parseInt(text.strip());
    }
}
