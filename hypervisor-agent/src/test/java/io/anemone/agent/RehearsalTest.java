package io.anemone.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.wire.AgentExit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    @Test
    void rehearsal_needsNoJobNoOrchestratorAndNoDaemon() throws Exception {
        assertThat(Main.run(List.of("rehearse"), Map.of())).isEqualTo(AgentExit.DONE.code());
    }
}
