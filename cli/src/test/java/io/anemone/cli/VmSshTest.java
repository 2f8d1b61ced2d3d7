package io.anemone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anemone.cli.api.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VmSshTest extends CommandTest {

    @Test
    void command_isAnArgumentListAndTheExitCodeIsItsOwn() {
        // Given
        site.has(Vms.ready("web"));

        // When
        Person.Result result = person.whosePrograms(42).runs("vm", "ssh", "web", "--", "uname", "-n");

        // Then
        assertThat(result.exit()).isEqualTo(42);
        assertThat(person.programs())
                .singleElement()
                .satisfies(arguments -> assertThat(arguments)
                        .startsWith("ssh", "-p", "22000", "-l", "root")
                        .contains("HostKeyAlias=anemone-" + Vms.idOf("web") + "-1")
                        .endsWith("--", "10.77.0.11", "uname", "-n"));
        assertThat(home.resolve(".local/state/anemone/known_hosts")).isDirectory();
    }

    @Test
    void vmThatIsNotThereYet_saysWhatItIsDoing() {
        site.has(Vms.named("web").put("message", "Waits for its job."));

        Person.Result result = person.runs("vm", "ssh", "web");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("PENDING: Waits for its job.").contains("anemone vm wait");
        assertThat(person.programs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-oProxyCommand=reboot", "host;reboot", "a b", "", "$(reboot)", "host\nreboot"})
    void hostThatIsNone_isNotGivenToSsh(String host) {
        site.has(Vms.ready("web").set("ssh", address(host)));

        assertThat(person.runs("vm", "ssh", "web").exit()).isEqualTo(1);
        assertThat(person.programs()).isEmpty();
    }

    private static JsonNode address(String host) {
        return Json.object().put("host", host).put("port", 22).put("user", "root");
    }
}
