package io.anemone.orchestrator.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.orchestrator.identity.Caller;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.BackPressureFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReaderTest {

    private static final int BACKLOG = 4;

    private final List<Reader> ended = new ArrayList<>();
    private final Reader reader = new Reader("token", new Caller("alice", false), BACKLOG, ended::add);

    private static LiveEvent event(long id) {
        return new LiveEvent(id, LiveEvent.Kind.PING, new LiveEvent.Nothing());
    }

    @Test
    void readerThatFallsBehind_isDroppedAndNeverWaitedFor() {
        // Given: it asks for nothing
        AssertSubscriber<LiveEvent> slow = reader.events().subscribe().withSubscriber(AssertSubscriber.create(0));

        // When
        for (int i = 0; i < BACKLOG + 1; i++) {
            reader.tell(event(i));
        }

        // Then
        slow.request(BACKLOG + 1);
        slow.assertFailedWith(BackPressureFailure.class);
        assertThat(ended).containsExactly(reader);
        // What still comes is harmless
        reader.tell(event(99));
    }

    @Test
    void readerThatLeaves_isForgotten() {
        AssertSubscriber<LiveEvent> gone = reader.events().subscribe().withSubscriber(AssertSubscriber.create(10));
        reader.tell(event(1));
        assertThat(gone.getItems()).hasSize(1);

        gone.cancel();

        assertThat(ended).containsExactly(reader);
    }
}
