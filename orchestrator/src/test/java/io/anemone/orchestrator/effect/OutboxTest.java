package io.anemone.orchestrator.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anemone.core.lease.LeaseId;
import io.anemone.core.lease.LeaseSpec;
import io.anemone.core.vm.LaunchPath;
import io.anemone.orchestrator.history.Changes;
import io.anemone.orchestrator.instance.Instance;
import io.anemone.orchestrator.lease.LeaseStore;
import io.anemone.orchestrator.testing.AtOnce;
import io.anemone.orchestrator.testing.PostgresResource;
import io.anemone.orchestrator.testing.SiteResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test holds what it does not commit, so that the running service does not work it off. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SiteResource.class)
@SuppressWarnings("NullAway.Init") // injected
class OutboxTest {

    private static final Duration CLAIM = Duration.ofSeconds(30);

    @Inject
    Outbox outbox;

    @Inject
    LeaseStore leases;

    @Inject
    EntityManager entities;

    @Inject
    Clock clock;

    @Inject
    Changes changes;

    private final List<Effect> underWay = new ArrayList<>();

    private LeaseId lease;

    @BeforeEach
    void lease() {
        lease = leases.request(
                new LeaseSpec(LaunchPath.SCHEDULED, "ada", null, null, null, 1, 256, Duration.ofHours(1), false), null);
    }

    private List<Effect> claimed(Duration claim) {
        List<Effect> claimed = outbox.claim(100, claim, underWay);
        underWay.addAll(claimed);
        return claimed.stream()
                .filter(effect -> effect.lease().equals(lease) && effect.kind() == EffectKind.CANCEL_JOB)
                .toList();
    }

    private void claimsRunOut() {
        entities.createNativeQuery("update effect set claimed_until = now() - interval '1 second' where lease_id = :id")
                .setParameter("id", lease.value())
                .executeUpdate();
    }

    private void rolledBack(Runnable test) {
        QuarkusTransaction.begin();
        try {
            test.run();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    @Test
    void claimedEffect_isNotClaimedTwice_untilTheClaimRunsOut() {
        rolledBack(() -> {
            // Given
            outbox.add(EffectKind.CANCEL_JOB, lease, "7");

            // When
            Effect first = claimed(CLAIM).getFirst();

            // Then
            assertThat(first.tries()).isEqualTo(1);
            assertThat(first.jobId()).isEqualTo("7");
            assertThat(claimed(CLAIM)).isEmpty();

            // And when: the process that claimed it died
            claimsRunOut();

            // Then
            assertThat(claimed(CLAIM))
                    .singleElement()
                    .satisfies(again -> assertThat(again.tries()).isEqualTo(2));
        });
    }

    @Test
    void claimedHereAndNotUnderWay_isDueAtOnce() {
        rolledBack(() -> {
            // Given: the database answers again after it was away, and nobody could write what came of the try
            outbox.add(EffectKind.CANCEL_JOB, lease, "7");
            Effect lost = claimed(CLAIM).getFirst();
            underWay.remove(lost);

            // When
            Effect again = claimed(CLAIM).getFirst();

            // Then: as a second try, which looks for what the first may have done
            assertThat(again.id()).isEqualTo(lost.id());
            assertThat(again.tries()).isEqualTo(2);
            assertThat(outbox.holds(lost, Duration.ZERO)).isFalse();
        });
    }

    @Test
    void settledEffect_isGone() {
        rolledBack(() -> {
            outbox.add(EffectKind.CANCEL_JOB, lease, "7");
            outbox.settle(claimed(CLAIM).getFirst());
            assertThat(claimed(CLAIM)).isEmpty();
        });
    }

    @Test
    void askedForAgainWhileUnderWay_isDueOnceMore() {
        rolledBack(() -> {
            // Given
            outbox.add(EffectKind.CANCEL_JOB, lease, "7");
            Effect underWay = claimed(CLAIM).getFirst();

            // When
            outbox.add(EffectKind.CANCEL_JOB, lease, "7");
            assertThat(claimed(CLAIM)).isEmpty();
            outbox.settle(underWay);

            // Then
            assertThat(claimed(CLAIM)).hasSize(1);
        });
    }

    @Test
    void postponedEffects_areDueAtOnce_whenTheSchedulerAnswersAgain() {
        rolledBack(() -> {
            // Given
            outbox.add(EffectKind.CANCEL_JOB, lease, "7");
            outbox.add(EffectKind.CANCEL_JOB, lease, "8");
            outbox.tryAgain(claimed(CLAIM).getFirst(), Duration.ofSeconds(60), "down");

            // When
            outbox.dueNow();

            // Then: the one that is under way is left alone
            assertThat(claimed(CLAIM))
                    .singleElement()
                    .satisfies(effect -> assertThat(effect.tries()).isEqualTo(2));
        });
    }

    @Test
    void postponedEffect_waits() {
        rolledBack(() -> {
            outbox.add(EffectKind.CANCEL_JOB, lease, "7");
            outbox.tryAgain(claimed(CLAIM).getFirst(), Duration.ofSeconds(60), "down");
            assertThat(claimed(CLAIM)).isEmpty();

            // Asking again makes it due now.
            outbox.add(EffectKind.CANCEL_JOB, lease, "7");
            assertThat(claimed(CLAIM)).hasSize(1);
        });
    }

    @Test
    void claimThatRanOut_andIsAnothersNow_holdsNoMore() {
        rolledBack(() -> {
            // Given
            outbox.add(EffectKind.CANCEL_JOB, lease, "7");
            Effect frozen = claimed(CLAIM).getFirst();
            assertThat(outbox.holds(frozen, Duration.ofSeconds(15))).isTrue();
            assertThat(outbox.holds(frozen, Duration.ofSeconds(60))).isFalse();

            // When
            claimsRunOut();
            assertThat(outbox.holds(frozen, Duration.ZERO)).isFalse();
            Effect newer = claimed(CLAIM).getFirst();

            // Then
            assertThat(outbox.holds(frozen, Duration.ZERO)).isFalse();
            assertThat(outbox.holds(newer, Duration.ZERO)).isTrue();
            assertThatThrownBy(() -> outbox.tryAgain(frozen, Duration.ZERO, "late"))
                    .isInstanceOf(ClaimLostException.class);
            assertThatThrownBy(() -> outbox.settle(frozen)).isInstanceOf(ClaimLostException.class);
        });
    }

    @Test
    void manyWhoClaimAtOnce_eachGetWhatNoOtherGot() throws Exception {
        for (int round = 0; round < 20; round++) {
            // Given
            int first = round * 100;
            QuarkusTransaction.requiringNew()
                    .run(() -> IntStream.range(first, first + 40)
                            .forEach(job -> outbox.add(EffectKind.CANCEL_JOB, lease, "many-" + job)));

            // When
            Queue<Long> taken = new ConcurrentLinkedQueue<>();
            AtOnce.run(List.of(claimer(taken), claimer(taken), claimer(taken)));

            // Then
            assertThat(taken).doesNotHaveDuplicates();
        }
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery("delete from effect where lease_id = :id")
                        .setParameter("id", lease.value())
                        .executeUpdate());
    }

    /** As an orchestrator of its own. */
    private Runnable claimer(Collection<Long> taken) {
        Outbox other = new Outbox(entities, clock, changes, new Instance());
        List<Effect> own = new ArrayList<>();
        return () -> {
            List<Effect> some;
            do {
                some = QuarkusTransaction.requiringNew().call(() -> other.claim(5, CLAIM, own));
                own.addAll(some);
                some.forEach(effect -> taken.add(effect.id()));
            } while (!some.isEmpty());
        };
    }
}
