package io.anemone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VmActionTest extends CommandTest {

    @ParameterizedTest
    @ValueSource(strings = {"suspend", "resume", "reboot", "shutdown"})
    void action_isAskedForAtOnce(String action) {
        known(action, Vms.ready("web"));

        Person.Result result = person.runs("vm", action, "web");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains(action + " asked for; it is READY");
        assertThat(site.requests("POST")).hasSize(1);
    }

    @Test
    void suspend_isWaitedFor() {
        known("suspend", Vms.ready("web").put("goal", "SUSPEND"));
        site.goesThrough(Vms.idOf("web"), "READY", "SUSPENDING", "SUSPENDED");

        Person.Result result = person.runs("vm", "suspend", "web", "--wait");

        assertThat(result.exit()).isZero();
        assertThat(result.err()).contains("SUSPENDING").contains("SUSPENDED");
    }

    @Test
    void suspendThatFails_isExit1AndSaysWhy() {
        known("suspend", Vms.ready("web").put("message", "There is no room for 600 MiB"));

        Person.Result result = person.runs("vm", "suspend", "web", "--wait");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("is not suspended: READY: There is no room for 600 MiB");
    }

    @Test
    void resume_isWaitedForUntilReady() {
        known("resume", Vms.named("web"));
        site.goesThrough(Vms.idOf("web"), "SUSPENDED", "PENDING", "QUEUED", "RUNNING", "READY");

        assertThat(person.runs("vm", "resume", "web", "--wait").exit()).isZero();
    }

    @Test
    void resumeThatCannotBe_isExit1() {
        known("resume", Vms.named("web").put("goal", "SUSPEND"));
        site.goesThrough(Vms.idOf("web"), "QUEUED", "SUSPENDED");

        Person.Result result = person.runs("vm", "resume", "web", "--wait");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("could not be resumed: SUSPENDED");
    }

    @Test
    void reboot_isWaitedForUntilItIsDone() {
        known("reboot", Vms.ready("web").put("rebooting", true));
        site.afterNextShow(() -> site.has(Vms.ready("web")));

        assertThat(person.runs("vm", "reboot", "web", "--wait", "--timeout", "1m")
                        .exit())
                .isZero();
    }

    @Test
    void reboot_thatTakesTooLong_isExit5() {
        known("reboot", Vms.ready("web").put("rebooting", true));

        assertThat(person.runs("vm", "reboot", "web", "--wait", "--timeout", "10s")
                        .exit())
                .isEqualTo(5);
    }

    @Test
    void shutdown_isWaitedForUntilItIsOver() {
        known("shutdown", Vms.ready("web"));
        site.goesThrough(Vms.idOf("web"), "STOPPING", "STOPPED");

        assertThat(person.runs("vm", "shutdown", "web", "--wait").exit()).isZero();
    }

    private void known(String action, ObjectNode vm) {
        site.has(vm);
        site.takes("POST", "/api/v1/vms/" + Vms.idOf("web") + "/actions/" + action, vm.toString());
    }
}
