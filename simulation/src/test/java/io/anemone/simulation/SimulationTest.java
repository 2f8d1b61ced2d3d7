package io.anemone.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class SimulationTest {

    private static final long SEEDS = Long.getLong("anemone.simulation.seeds", 2000);

    /** How many seeds a planted bug may take to be found. */
    private static final long PATIENCE = 20_000;

    /** What a broken connection or a silent hypervisor makes the agents say is expected here. */
    private static final Logger AGENTS = Logger.getLogger("io.anemone.agent");

    @BeforeAll
    static void quiet() {
        AGENTS.setLevel(Level.OFF);
    }

    @Test
    void everySeed_holds_andEachFaultHappened() {
        Map<Fault, Long> counts = new EnumMap<>(Fault.class);
        for (long seed = 1; seed <= SEEDS; seed++) {
            Result result = Simulation.run(seed, PlantedBug.NONE, false);
            assertThat(result.violation())
                    .as("replay: ./box simulate --seed %d", seed)
                    .isEmpty();
            result.faults().forEach((fault, count) -> counts.merge(fault, count, Long::sum));
        }
        assertThat(counts).containsOnlyKeys(Fault.values());
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void plantedBug_isFound(PlantedBug bug) {
        long seed = 1;
        while (seed < PATIENCE && Simulation.run(seed, bug, false).holds()) {
            seed++;
        }
        System.out.printf("%s is found after %d seeds%n", bug, seed);
        assertThat(Simulation.run(seed, bug, false).violation()).isPresent();
    }

    @Test
    void sameSeed_isTheSameRun() {
        assertThat(Simulation.run(7, PlantedBug.NONE, true).timeline())
                .isEqualTo(Simulation.run(7, PlantedBug.NONE, true).timeline())
                .isNotEmpty();
    }
}
