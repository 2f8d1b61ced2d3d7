package io.anemone.cli.papers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/operations.md says of the orchestrator's settings is what its configuration interfaces say. */
class SettingsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(ANEMONE_[A-Z0-9_]+)` \\| (?:`(.*?)`)? ");
    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([a-z.-]+)\"\\)");
    private static final Pattern SETTING = Pattern.compile(
            "(?:@WithDefault\\(\"([^\"]*)\"\\)\\s+)?(?:(?:Optional|List|Set)<)*[A-Z]?[A-Za-z]+>* ([a-z][A-Za-z]*)\\(\\);");
    private static final Pattern GROUP = Pattern.compile("(?ms)^    interface ([A-Z][A-Za-z]*) \\{\\n(.*?)^    }");

    @Test
    void everySettingThatIsDocumented_existsWithThatDefault() throws IOException {
        Map<String, String> settings = settings();
        List<MatchResult> rows = ROW.matcher(orchestratorSection()).results().toList();

        assertThat(rows).hasSizeGreaterThan(20);
        for (MatchResult row : rows) {
            String documented = row.group(2) == null ? "" : row.group(2);
            assertThat(settings).containsEntry(row.group(1), documented);
        }
    }

    private static String orchestratorSection() {
        String text = Repository.text("docs/operations.md");
        return text.substring(
                text.indexOf("## Settings of the orchestrator"), text.indexOf("## Settings of the agent"));
    }

    /** Variable to default; empty for none. */
    private static Map<String, String> settings() throws IOException {
        Map<String, String> settings = new HashMap<>();
        try (Stream<Path> sources = Files.walk(Repository.file("orchestrator/src/main/java"))) {
            for (Path source : sources.filter(file -> file.toString().endsWith("Config.java"))
                    .toList()) {
                String text = Files.readString(source);
                PREFIX.matcher(text).results().forEach(prefix -> {
                    read(prefix.group(1), GROUP.matcher(text).replaceAll(""), settings);
                    GROUP.matcher(text)
                            .results()
                            .forEach(group -> read(
                                    prefix.group(1) + "." + group.group(1).toLowerCase(Locale.ROOT),
                                    group.group(2),
                                    settings));
                });
            }
        }
        return settings;
    }

    private static void read(String prefix, String text, Map<String, String> settings) {
        SETTING.matcher(text)
                .results()
                .forEach(setting -> settings.put(
                        variable(prefix + "." + setting.group(2)), setting.group(1) == null ? "" : setting.group(1)));
    }

    private static String variable(String property) {
        return property.replaceAll("([a-z])([A-Z])", "$1_$2")
                .replaceAll("[.-]", "_")
                .toUpperCase(Locale.ROOT);
    }
}
