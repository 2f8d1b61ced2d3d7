package io.anemone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginTest extends CommandTest {

    @BeforeEach
    void nobodyIsLoggedIn() {
        person.without("ANEMONE_TOKEN").without("ANEMONE_URL");
    }

    @Test
    void loginByStandardInput_isRememberedForItsOwnerAlone() throws IOException {
        // Given / When
        Person.Result result =
                person.types(FakeSite.PASSWORD + "\n").runs("login", "--url", site.url() + "/", "--password-stdin");

        // Then
        assertThat(result.exit()).isZero();
        assertThat(result.err()).contains("Logged in at " + site.url() + " as researcher (user).");
        Path file = home.resolve(".config/anemone/credentials.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(person.runs("vm", "list").exit()).isZero();
    }

    @Test
    void password_isAskedForAtTheTerminal() {
        Person.Result result = person.types(FakeSite.PASSWORD).runs("login", "--url", site.url(), "batch");

        assertThat(result.exit()).isZero();
        assertThat(site.requests("POST").getFirst().body()).contains("\"name\":\"batch\"");
    }

    @Test
    void wrongPassword_isExit4AndStoresNothing() {
        Person.Result result = person.types("wrong\n").runs("login", "--url", site.url(), "--password-stdin");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.err()).isEqualToNormalizingNewlines("anemone: The name or the password is wrong.\n");
        assertThat(home.resolve(".config/anemone/credentials.json")).doesNotExist();
    }

    @Test
    void noPasswordOnStandardInput_isExit2() {
        assertThat(person.runs("login", "--url", site.url(), "--password-stdin").exit())
                .isEqualTo(2);
    }

    @Test
    void storedToken_isNotSentToAnotherSite() {
        // Given
        person.types(FakeSite.PASSWORD).runs("login", "--url", site.url(), "--password-stdin");
        int before = site.requests().size();
        person.with("ANEMONE_URL", site.url().replace("127.0.0.1", "localhost"));

        // When
        Person.Result result = person.runs("vm", "list");

        // Then
        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.err())
                .contains("You are not logged in at http://localhost")
                .contains("run: anemone login");
        assertThat(site.requests()).hasSize(before);
    }

    @Test
    void environmentToken_beatsTheStoredOne() {
        person.types(FakeSite.PASSWORD).runs("login", "--url", site.url(), "--password-stdin");

        Person.Result result = person.with("ANEMONE_TOKEN", "stale").runs("vm", "list");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(site.requests("GET").getLast().authorization()).isEqualTo("Bearer stale");
    }

    @Test
    void urlOfTheMachine_comesFromClientEnv() throws IOException {
        person.file("etc/anemone/client.env", "# site\nANEMONE_URL=\"" + site.url() + "\"\n");

        assertThat(person.with("ANEMONE_TOKEN", FakeSite.TOKEN)
                        .runs("vm", "list")
                        .exit())
                .isZero();
    }

    @Test
    void severalUrlsOfTheMachine_areForAgents_andTheFirstIsAsked() throws IOException {
        person.file("etc/anemone/client.env", "ANEMONE_URL=" + site.url() + ",http://elsewhere:8080\n");

        assertThat(person.with("ANEMONE_TOKEN", FakeSite.TOKEN)
                        .runs("vm", "list")
                        .exit())
                .isZero();
    }

    @Test
    void noUrlAnywhere_isExit2AndSaysHowToGiveOne() {
        Person.Result result = person.runs("vm", "list");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("anemone login --url");
    }

    @Test
    void urlThatIsNone_isExit2() {
        for (String url :
                new String[] {"head:8080", "ftp://head", "http://user:secret@head", "http://", "http://a b"}) {
            assertThat(person.runs("login", "--url", url).exit()).as(url).isEqualTo(2);
        }
        assertThat(site.requests()).isEmpty();
    }

    @Test
    void logout_tellsTheServerAndForgets() {
        person.types(FakeSite.PASSWORD).runs("login", "--url", site.url(), "--password-stdin");

        Person.Result result = person.runs("logout");

        assertThat(result.exit()).isZero();
        assertThat(site.requests("POST").getLast().path()).isEqualTo("/api/v1/logout");
        assertThat(home.resolve(".config/anemone/credentials.json")).doesNotExist();
    }

    @Test
    void damagedCredentials_countAsNotLoggedIn() throws IOException {
        person.file(".config/anemone/credentials.json", "{\"url\": ");

        assertThat(person.with("ANEMONE_URL", site.url()).runs("vm", "list").exit())
                .isEqualTo(4);
    }
}
