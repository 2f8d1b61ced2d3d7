package io.anemone.agent.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.agent.Guests;
import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.wire.Discard;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiscardsTest {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Rig rig = new Rig(tasks::add);
    private final AtomicInteger changes = new AtomicInteger();
    private final Discards discards = new Discards(rig.parts, changes::incrementAndGet);
    private final DomainId id = Guests.id();
    private final Discard order = new Discard(id.vm(), id.attempt());

    @BeforeEach
    void isSaved() {
        rig.saved.holds(id, id, Path.of("/nonexistent"));
    }

    private void work() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void ordered_isRemovedAndSaidToBe() {
        // When
        discards.want(List.of(order));

        // Then
        assertThat(discards.done()).isEmpty();

        // When
        work();

        // Then
        assertThat(rig.saved.find(id)).isEmpty();
        assertThat(discards.done()).containsExactly(order);
        assertThat(changes).hasValue(1);
    }

    @Test
    void orderedAgainMeanwhile_isRemovedOnce() {
        // When
        discards.want(List.of(order));
        discards.want(List.of(order));

        // Then
        assertThat(tasks).hasSize(1);

        // When
        work();
        discards.want(List.of(order));

        // Then
        assertThat(tasks).isEmpty();
        assertThat(discards.done()).containsExactly(order);
    }

    @Test
    void fileSystemRefuses_isTriedAgainWithTheNextOrders() {
        // Given
        rig.saved.refusesDiscards(true);
        discards.want(List.of(order));
        work();
        assertThat(discards.done()).isEmpty();
        assertThat(changes).hasValue(0);

        // When
        rig.saved.refusesDiscards(false);
        discards.want(List.of(order));
        work();

        // Then
        assertThat(discards.done()).containsExactly(order);
    }

    @Test
    void noLongerOrdered_isNotSaidToBeDone() {
        // Given
        discards.want(List.of(order));

        // When
        discards.want(List.of());
        work();

        // Then
        assertThat(discards.done()).isEmpty();
    }

    @Test
    void laterAttempt_stays() {
        // Given
        DomainId later = new DomainId(id.vm(), id.attempt() + 1);
        rig.saved.holds(later, id, Path.of("/nonexistent"));

        // When
        discards.want(List.of(order));
        work();

        // Then
        assertThat(rig.saved.find(later)).isPresent();
    }
}
