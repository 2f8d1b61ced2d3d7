package io.anemone.testkit.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.core.hypervisor.DomainId;
import io.anemone.core.hypervisor.DomainMark;
import io.anemone.core.hypervisor.DomainView;
import io.anemone.core.hypervisor.HypervisorException;
import io.anemone.core.hypervisor.Sighting;
import io.anemone.core.lease.LeaseId;
import io.anemone.core.vm.SshEndpoint;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every hypervisor does that can save guests. */
public abstract class AbstractSavingContract extends AbstractHypervisorContract {

    /** A file that does not exist yet, in a place where the hypervisor may write. */
    protected abstract String fresh();

    /** As {@link #guest}, for another attempt, on another lease and with another forwarded port. */
    private DomainMark next(DomainMark saved) {
        return new DomainMark(
                new DomainId(saved.id().vm(), saved.id().attempt() + 1),
                new LeaseId(UUID.randomUUID()),
                "4712",
                new SshEndpoint("127.0.0.1", 22998),
                saved.startedAt().plusSeconds(60));
    }

    private final DomainMark first = newMark();

    private String saved() {
        String file = fresh();
        hypervisor().create(guest(first));
        hypervisor().pause(first.id());
        hypervisor().save(first.id(), file);
        return file;
    }

    @Test
    void saved_domainIsGoneAndTheFileHoldsTheGuest() {
        // When
        String file = saved();

        // Then
        assertThat(hypervisor().find(first.id())).isInstanceOf(Sighting.Gone.class);
        assertThat(hypervisor().holdsGuest(file)).isTrue();
        assertThat(hypervisor().holdsGuest(fresh())).isFalse();
    }

    @Test
    void restored_isTheNextAttemptAndRuns() {
        // Given
        String file = saved();
        DomainMark next = next(first);

        // When
        hypervisor().restore(guest(next), first.id(), file);

        // Then
        assertThat(hypervisor().find(next.id())).isEqualTo(new Sighting.Present(new DomainView(next, true)));
        assertThat(hypervisor().find(first.id())).isInstanceOf(Sighting.Gone.class);
        assertThat(hypervisor().domains())
                .extracting(DomainView::mark)
                .contains(next)
                .doesNotContain(first);
        assertThat(hypervisor().holdsGuest(file)).isTrue();
    }

    /** An order about the attempt that is over must not meet the one that has its domain's name now. */
    @Test
    void restored_ordersAboutTheEarlierAttemptDoNotMeetIt() {
        // Given
        String file = saved();
        DomainMark next = next(first);
        hypervisor().restore(guest(next), first.id(), file);

        // When
        hypervisor().shutdown(first.id());
        hypervisor().pause(first.id());
        hypervisor().destroy(first.id());

        // Then
        assertThat(hypervisor().find(next.id())).isEqualTo(new Sighting.Present(new DomainView(next, true)));
        hypervisor().destroy(next.id());
        assertThat(hypervisor().find(next.id())).isInstanceOf(Sighting.Gone.class);
    }

    @Test
    void savedAgainAndRestoredAgain_isStillTheSameGuest() {
        // Given
        DomainMark second = next(first);
        DomainMark third = next(second);
        hypervisor().restore(guest(second), first.id(), saved());

        // When
        String again = fresh();
        hypervisor().pause(second.id());
        hypervisor().save(second.id(), again);
        hypervisor().restore(guest(third), first.id(), again);

        // Then
        assertThat(hypervisor().find(third.id())).isEqualTo(new Sighting.Present(new DomainView(third, true)));
    }

    @Test
    void nothingWasSaved_restoreFailsAndNothingIsStarted() {
        DomainMark next = next(first);

        assertThatThrownBy(() -> hypervisor().restore(guest(next), first.id(), fresh()))
                .isInstanceOf(HypervisorException.class);
        assertThat(hypervisor().find(next.id())).isInstanceOf(Sighting.Gone.class);
    }
}
