package io.anemone.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.agent.Guests;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainSpec.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoresTest {

    /** Cores 2 to 5 of the job, of a node with two memories. */
    private final Cores cores =
            new Cores(new NodeCpus(CpuSet.parse("2-5"), Map.of(0, CpuSet.parse("0-3"), 1, CpuSet.parse("4-7"))));

    private final DomainId first = Guests.id();
    private final DomainId second = Guests.id();
    private final DomainId third = Guests.id();

    @Test
    void twoGuests_eachHasItsOwnOfOneMemory() {
        assertThat(cores.take(first, 2)).isEqualTo(new Place(List.of(2, 3), 0, 100));
        assertThat(cores.take(second, 2)).isEqualTo(new Place(List.of(4, 5), 1, 100));
        assertThat(cores.take(third, 1)).isEqualTo(Place.ANYWHERE);
    }

    @Test
    void moreThanOneMemoryHas_isOfNone() {
        assertThat(cores.take(first, 3)).isEqualTo(new Place(List.of(2, 3, 4), null, 100));
    }

    @Test
    void fullerMemory_isTakenFirst() {
        // Given
        cores.take(first, 1);

        // When, Then
        assertThat(cores.take(second, 1).cpus()).containsExactly(3);
        assertThat(cores.take(third, 2).cpus()).containsExactly(4, 5);
    }

    @Test
    void guestOver_itsCoresServeTheNext() {
        // Given
        cores.take(first, 4);

        // When
        cores.giveBack(first);

        // Then
        assertThat(cores.take(second, 4).cpus()).containsExactly(2, 3, 4, 5);
    }

    @Test
    void adoptedGuest_keepsItsCores() {
        // When
        cores.keep(first, CpuSet.parse("2,3"));

        // Then
        assertThat(cores.take(second, 2).cpus()).containsExactly(4, 5);
    }

    @Test
    void maskThatWasNotMadeForTheJob_pinsNothing() {
        assertThat(NodeCpus.given(CpuSet.parse("0-63"), "4")).isEqualTo(CpuSet.NONE);
        assertThat(NodeCpus.given(CpuSet.parse("0-63"), null)).isEqualTo(CpuSet.NONE);
        assertThat(NodeCpus.given(CpuSet.parse("8,9,40,41"), "4").cpus()).containsExactly(8, 9, 40, 41);
        assertThat(new Cores(NodeCpus.ANY).take(first, 1)).isEqualTo(Place.ANYWHERE);
    }

    @Test
    void processorsOfThisProcess_areFound() throws Exception {
        assertThat(NodeCpus.allowed().size()).isPositive();
    }

    @Test
    void memories_areReadFromTheKernel(@TempDir Path directory) throws Exception {
        // Given
        for (String node : List.of("node0", "node1")) {
            Files.createDirectories(directory.resolve(node));
        }
        Files.writeString(directory.resolve("node0/cpulist"), "0-1,4-5\n");
        Files.writeString(directory.resolve("node1/cpulist"), "\n");

        // When, Then
        assertThat(NodeCpus.numaNodes(directory))
                .containsEntry(0, new CpuSet(List.of(0, 1, 4, 5)))
                .containsEntry(1, CpuSet.NONE);
        assertThat(NodeCpus.numaNodes(directory.resolve("none"))).isEmpty();
    }
}
