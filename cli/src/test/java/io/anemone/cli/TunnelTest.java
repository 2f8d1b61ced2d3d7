package io.anemone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunnelTest {

    private static final String ID = "01234567-89ab-cdef-0123-456789abcdef";

    @TempDir
    Path home = Path.of("/nonexistent");

    private Person personAt(String url) {
        return new Person(home).with("ANEMONE_URL", url).with("ANEMONE_TOKEN", "the-token");
    }

    @Test
    void proxy_carriesBytesBothWays_untilBothHaveEnded() throws Exception {
        try (StubGuest guest = new StubGuest(0, "")) {
            // When
            Person.Result result = personAt(guest.url()).types("SSH-2.0-me\n").runs("vm", "proxy", ID);

            // Then
            assertThat(result.exit()).isZero();
            assertThat(result.out()).isEqualTo("hello\nSSH-2.0-me\n");
            assertThat(result.err()).isEmpty();
            assertThat(guest.seen())
                    .containsExactly("/api/v1/vms/" + ID + "/ssh Bearer the-token", "SSH-2.0-me\n", "end");
        }
    }

    @Test
    void console_isLeftByItsEscape_andTheTerminalIsAsItWas() throws Exception {
        try (StubGuest guest = new StubGuest(0, "")) {
            // Given
            Person person = personAt(guest.url()).atTerminal().types("ls\r\u001dnot sent");

            // When
            Person.Result result = person.runs("vm", "console", ID);

            // Then
            assertThat(result.exit()).isZero();
            assertThat(person.programs()).containsExactly(List.of("stty", "raw", "-echo"), List.of("stty", "sane"));
            assertThat(guest.seen()).first().isEqualTo("/api/v1/vms/" + ID + "/console/serial Bearer the-token");
            assertThat(guest.seen()).doesNotContain("end").noneMatch(heard -> heard.contains("not sent"));
        }
    }

    @Test
    void connectionThatTheServerCloses_endsWithItsReason() throws Exception {
        try (StubGuest guest = new StubGuest(4503, "The agent on the VM's node does not answer: try again.")) {
            // When
            Person.Result result = personAt(guest.url()).runs("vm", "proxy", ID);

            // Then
            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.err()).contains("The agent on the VM's node does not answer");
        }
    }

    @Test
    void refusal_isToldInTheServersWords() throws Exception {
        try (FakeSite site = new FakeSite()) {
            // When
            Person.Result result = Person.loggedInAt(site, home).runs("vm", "proxy", ID);

            // Then
            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.err()).contains("There is no VM");
        }
    }

    @Test
    void siteThatIsNotThere_isSaid() {
        Person.Result result = personAt("http://127.0.0.1:1").runs("vm", "proxy", ID);

        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.err()).contains("Cannot reach http://127.0.0.1:1");
    }
}
