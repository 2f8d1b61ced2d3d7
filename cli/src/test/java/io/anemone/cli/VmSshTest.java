package io.anemone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
                        .startsWith("ssh", "-o", "User=root")
                        .contains("HostKeyAlias=anemone-" + Vms.idOf("web") + "-1")
                        .contains("ProxyCommand=anemone vm proxy " + Vms.idOf("web"))
                        .endsWith("--", "anemone-" + Vms.idOf("web").substring(0, 8), "uname", "-n"));
        assertThat(home.resolve(".local/state/anemone/known_hosts")).isDirectory();
    }

    @Test
    void shortForm_isTheSame() {
        site.has(Vms.ready("web"));

        person.runs("vm", "ssh", "web");
        person.runs("ssh", "web");

        assertThat(person.programs()).hasSize(2);
        assertThat(person.programs().getFirst()).isEqualTo(person.programs().getLast());
    }

    @Test
    void direct_goesToTheNodesPort() {
        site.has(Vms.ready("web"));

        person.runs("ssh", "--direct", "web");

        assertThat(person.programs())
                .singleElement()
                .satisfies(arguments -> assertThat(arguments)
                        .startsWith("ssh", "-p", "22000")
                        .noneMatch(argument -> argument.startsWith("ProxyCommand"))
                        .endsWith("--", "10.77.0.11"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/opt/x; reboot", "/opt/%h", "relative/anemone", "/opt/a b"})
    void launcherThatAShellWouldReadMoreInto_isNotNamed(String launcher) {
        site.has(Vms.ready("web"));

        person.with("ANEMONE_COMMAND", launcher).runs("ssh", "web");
        person.with("ANEMONE_COMMAND", "/opt/anemone/bin/anemone").runs("ssh", "web");

        assertThat(person.programs().getFirst()).contains("ProxyCommand=anemone vm proxy " + Vms.idOf("web"));
        assertThat(person.programs().getLast())
                .contains("ProxyCommand=/opt/anemone/bin/anemone vm proxy " + Vms.idOf("web"));
    }

    @Test
    void sshConfig_isWhatSshNeeds() {
        site.has(Vms.ready("web"));

        Person.Result result = person.runs("vm", "ssh-config", "web");

        assertThat(result.out().lines())
                .startsWith("Host web.anemone", "  User root")
                .contains("  ProxyCommand anemone vm proxy " + Vms.idOf("web"))
                .contains("  StrictHostKeyChecking accept-new");
    }

    @Test
    void accountThatIsNotKnown_isLeftToSsh() {
        site.has(Vms.ready("web").set("ssh", address("n1").putNull("user")));

        assertThat(person.runs("vm", "ssh", "web").exit()).isZero();

        assertThat(person.programs())
                .singleElement()
                .satisfies(ssh -> assertThat(ssh).noneMatch(argument -> argument.startsWith("User=")));
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

    private static ObjectNode address(String host) {
        return Json.object().put("host", host).put("port", 22).put("user", "root");
    }
}
