package io.anemone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VmWaitTest extends CommandTest {

    @BeforeEach
    void oneVm() {
        site.has(Vms.named("web"));
    }

    @Test
    void ready_isExit0() {
        site.goesThrough(Vms.idOf("web"), "BOOTING", "READY");

        assertThat(person.runs("vm", "wait", "web").exit()).isZero();
    }

    @Test
    void waitingForTheEnd_endsWithIt() {
        site.goesThrough(Vms.idOf("web"), "READY", "STOPPING", "STOPPED");

        assertThat(person.runs("vm", "wait", "web", "--for", "stopped").exit()).isZero();
    }

    @Test
    void stoppedInsteadOfReady_isExit1() {
        site.goesThrough(Vms.idOf("web"), "BOOTING", "STOPPED");

        assertThat(person.runs("vm", "wait", "web").exit()).isEqualTo(1);
    }

    @Test
    void notInTime_isExit5AndSaysWhereItIs() {
        Person.Result result = person.runs("vm", "wait", "web", "--timeout", "10s");

        assertThat(result.exit()).isEqualTo(5);
        assertThat(result.err()).contains("is not there yet: PENDING");
    }

    @Test
    void serverThatGoesAway_isWaitedForTwoMinutes() {
        // Given
        site.goesThrough(Vms.idOf("web"), "BOOTING");
        Person watched = person;
        site.answers("/vms", "{\"items\": [" + Vms.named("web") + "]}");

        // When
        site.afterNextShow(site::close);
        Person.Result result = watched.runs("vm", "wait", "web");

        // Then
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.err()).contains("the server does not answer; still waiting");
        assertThat(watched.waited()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(3));
    }
}
