package io.anemone.agent.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTest {

    @Test
    void programHangs_isKilledAtItsLimit() {
        assertThatThrownBy(() -> Command.run(Duration.ofMillis(200), List.of("sleep", "60")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("sleep did not end");
    }

    @Test
    void argument_isNotReadByAShell() throws Exception {
        assertThat(Command.run(Duration.ofSeconds(5), List.of("printf", "%s", "$(id); `id`")))
                .isEqualTo(new Command.Result(0, "$(id); `id`"));
    }
}
