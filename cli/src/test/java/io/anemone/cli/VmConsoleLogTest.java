package io.anemone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VmConsoleLogTest extends CommandTest {

    @Test
    void console_isPlainText() {
        site.has(Vms.ready("web"));
        site.answers("/vms/" + Vms.idOf("web") + "/console-log", "\u001b[2Jbooting\r\n\tready\u0007\n");

        Person.Result result = person.runs("vm", "console-log", "web");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualTo("\uFFFD[2Jbooting\n\tready\uFFFD\n");
    }

    @Test
    void following_printsEachLineOnceAndEndsWithTheVm() {
        // Given
        site.has(Vms.ready("web"));
        site.goesThrough(Vms.idOf("web"), "READY", "STOPPED");
        String path = "/vms/" + Vms.idOf("web") + "/console-log";
        site.answers(path, "one\n");
        site.afterNextShow(() -> site.afterNextShow(() -> site.answers(path, "one\ntwo\n")));

        // When
        Person.Result result = person.runs("vm", "console-log", "-f", "web");

        // Then
        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualTo("one\ntwo\n");
    }
}
