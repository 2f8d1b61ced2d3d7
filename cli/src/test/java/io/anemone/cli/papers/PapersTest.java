package io.anemone.cli.papers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PapersTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+?)(#[^)]*)?\\)");
    private static final Pattern DIAGRAM = Pattern.compile("(?s) \\* <pre>\\n(.*?) \\* </pre>");

    static List<Path> papers() throws IOException {
        try (Stream<Path> docs = Files.walk(Repository.file("docs"))) {
            return Stream.concat(
                            docs.filter(file -> file.toString().endsWith(".md")),
                            Stream.of("README.md", "CONTRIBUTING.md", "examples/README.md")
                                    .map(Repository::file))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("papers")
    void link_leadsSomewhere(Path paper) throws IOException {
        Matcher links = LINK.matcher(Files.readString(paper));
        Path directory = paper.resolveSibling("");
        while (links.find()) {
            String target = links.group(1);
            if (!target.startsWith("http")) {
                assertThat(directory.resolve(target)).as(paper + " → " + target).exists();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vm/VmMachine", "lease/LeaseMachine"})
    void diagramOfStates_isTheMachines(String machine) {
        String source = Repository.text("core/src/main/java/io/anemone/core/" + machine + ".java");
        Matcher diagram = DIAGRAM.matcher(source);
        assertThat(diagram.find()).isTrue();

        String drawn = diagram.group(1)
                .lines()
                .map(line -> line.replaceFirst("^ \\* ?", ""))
                .collect(Collectors.joining("\n"));

        assertThat(Repository.text("docs/states.md")).contains("```\n" + drawn + "\n```");
    }

    @Test
    void everyDecision_isInTheList() throws IOException {
        String list = Repository.text("docs/adr/README.md");

        try (Stream<Path> pages = Files.list(Repository.file("docs/adr"))) {
            assertThat(pages.map(page -> page.getFileName().toString()).filter(name -> name.matches("\\d.*")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(list).contains("(" + name + ")"));
        }
    }
}
