package io.anemone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What does not depend on the command. */
class FailuresTest extends CommandTest {

    @Test
    void serverAway_isExit3AfterThreeTries() {
        site.close();

        Person.Result result = person.runs("vm", "list");

        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.err())
                .contains("anemone: Cannot reach " + site.url())
                .contains("check that the URL is right");
        assertThat(person.waited()).isPositive();
    }

    @Test
    void serverThatHangsUpOnce_isAskedAgain() {
        site.losesNextReply();

        assertThat(person.runs("vm", "list").exit()).isZero();
        assertThat(site.requests()).hasSize(2);
    }

    @Test
    void tokenThatIsNotValidAnyMore_isExit4() {
        Person.Result result = person.with("ANEMONE_TOKEN", "old").runs("vm", "list");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.err())
                .contains("anemone: Your login is not valid any more.")
                .contains("run: anemone login");
    }

    @Test
    void pageOfAProxy_isNotShownButItsStatusIs() {
        site.answersNext(502, "text/html", "<html><body>Bad Gateway</body></html>");

        Person.Result result = person.runs("vm", "list");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("HTTP status 502").doesNotContain("html");
    }

    @Test
    void successThatIsNoJson_isExit3() {
        site.answersNext(200, "text/html", "<html>Welcome to the hotel's network</html>");

        Person.Result result = person.runs("vm", "list");

        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.err()).contains("is not Anemone");
    }

    @Test
    void redirect_isNotFollowed() throws IOException {
        try (FakeSite other = new FakeSite()) {
            site.redirectsNext(other.url() + "/api/v1/vms");

            assertThat(person.runs("vm", "list").exit()).isEqualTo(1);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void escapeSequenceInAProblem_isNotPrinted() {
        site.refusesNext(422, "UNKNOWN_IMAGE", "No image '\u001b[2J'.");

        assertThat(person.runs("vm", "list").err()).doesNotContain("\u001b").contains("No image '\uFFFD[2J'.");
    }

    @Test
    void commandGroupAlone_saysWhatThereIs() {
        Person.Result result = person.runs("vm");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("create", "list", "show", "delete", "ssh", "console-log", "wait");
    }

    @Test
    void misspeltCommand_isExit2WithASuggestion() {
        Person.Result result = person.runs("vm", "creat");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("vm create");
    }

    @Test
    void help_isExit0Everywhere() {
        assertThat(person.runs("--help").out()).contains("Exit codes");
        assertThat(person.runs("vm", "create", "--help").out()).contains("--walltime");
        assertThat(person.runs("--version").out()).startsWith("anemone ");
    }

    @Test
    void completionScript_isSoundBash() throws IOException, InterruptedException {
        Path script = Files.writeString(
                home.resolve("completion"), person.runs("completion").out());

        Process bash = new ProcessBuilder("bash", "-n", script.toString()).start();

        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
        assertThat(Files.readString(script)).contains("console-log");
    }
}
