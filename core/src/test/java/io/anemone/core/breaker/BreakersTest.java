package io.anemone.core.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.vm.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BreakersTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final BreakerLimits LIMITS = new BreakerLimits(3, Duration.ofMinutes(2), Duration.ofMinutes(10));
    private static final VmId VM = new VmId(new UUID(1, 1));

    /** Oldest first. */
    private final List<AttemptOutcome> outcomes = new ArrayList<>();

    @Test
    void nothingKnown_isClosed() {
        assertThat(breakers().node("n1")).isEqualTo(new Breaker.Closed());
        assertThat(breakers().partition(null)).isEqualTo(new Breaker.Closed());
    }

    @Test
    void threeFailuresInARow_openTheNode_untilThePauseIsOver() {
        failed("ada", "n1", 90);
        failed("bob", "n1", 60);
        failed("ada", "n1", 30);

        assertThat(breakers().node("n1"))
                .isEqualTo(new Breaker.Open(3, ErrorCode.HYPERVISOR_FAILED, NOW.plusSeconds(90)));
        assertThat(breakers().openNodes()).containsExactly("n1");
        assertThat(breakersAt(NOW.plusSeconds(90)).node("n1"))
                .isEqualTo(new Breaker.HalfOpen(3, ErrorCode.HYPERVISOR_FAILED));
    }

    @Test
    void eachFurtherFailure_doublesThePause_upToTheLongest() {
        failed("ada", "n1", 1);
        for (Duration pause :
                List.of(Duration.ofMinutes(2), Duration.ofMinutes(4), Duration.ofMinutes(8), Duration.ofMinutes(10))) {
            failed("bob", "n1", 0);
            if (outcomes.size() == 2) {
                failed("ada", "n1", 0);
            }
            assertThat(breakers().node("n1"))
                    .isEqualTo(new Breaker.Open(outcomes.size(), ErrorCode.HYPERVISOR_FAILED, NOW.plus(pause)));
        }
    }

    @Test
    void success_closesIt_howeverManyFailedBefore() {
        failed("ada", "n1", 90);
        failed("bob", "n1", 60);
        failed("ada", "n1", 30);
        ran("bob", "n1", 10);
        failed("bob", "n1", 5);

        assertThat(breakers().node("n1")).isEqualTo(new Breaker.Closed());
    }

    @Test
    void nodeThatLacksWhatAVmWants_staysOpenForOthersAndIsAvoidedByThatVm() {
        for (String account : List.of("ada", "bob", "ada", "bob")) {
            add(account, "n1", 10, ErrorCode.HARDWARE_MISSING_ON_NODE);
        }

        assertThat(breakers().node("n1")).isEqualTo(new Breaker.Closed());
        assertThat(breakers().failedNodes(VM)).containsExactly("n1");
    }

    /** Whoever breaks their own jobs shall not take the site's nodes away from the others. */
    @Test
    void oneUserAlone_opensNothing() {
        for (int i = 0; i < 20; i++) {
            failed("mallory", "n" + i % 3, 20 - i);
        }

        assertThat(breakers().openNodes()).isEmpty();
        assertThat(breakers().image("micro")).isEqualTo(new Breaker.Closed());
        assertThat(breakers().partition(null)).isEqualTo(new Breaker.Closed());
    }

    @Test
    void serviceAccountAlone_isEnough_forItRunsNobodysCode() {
        failed("anemone", "n1", 3);
        failed("anemone", "n1", 2);
        failed("anemone", "n1", 1);

        assertThat(breakers().openNodes()).containsExactly("n1");
    }

    @Test
    void image_opensOnlyWhenItFailedOnTwoNodes() {
        failed("ada", "n1", 3);
        failed("bob", "n1", 2);
        failed("ada", "n1", 1);
        assertThat(breakers().image("micro")).isEqualTo(new Breaker.Closed());

        failed("bob", "n2", 0);
        assertThat(breakers().image("micro")).isInstanceOf(Breaker.Open.class);
        assertThat(breakers().partition(null)).isInstanceOf(Breaker.Open.class);
        assertThat(breakers().partition("other")).isEqualTo(new Breaker.Closed());
    }

    @Test
    void order_doesNotMatter() {
        failed("ada", "n1", 90);
        failed("bob", "n1", 60);
        ran("bob", "n1", 10);
        failed("ada", "n1", 30);
        Collections.shuffle(outcomes, new java.util.Random(7));

        assertThat(breakers().node("n1")).isEqualTo(new Breaker.Closed());
    }

    @Test
    void nodesThatFailedAVm_areKnown() {
        failed("ada", "n1", 3);
        ran("ada", "n2", 2);

        assertThat(breakers().failedNodes(VM)).containsExactly("n1");
        assertThat(breakers().failedNodes(new VmId(new UUID(1, 2)))).isEmpty();
    }

    private Breakers breakers() {
        return breakersAt(NOW);
    }

    private Breakers breakersAt(Instant now) {
        return new Breakers(outcomes, LIMITS, "anemone", now);
    }

    private void failed(String account, String node, int secondsAgo) {
        add(account, node, secondsAgo, ErrorCode.HYPERVISOR_FAILED);
    }

    private void ran(String account, String node, int secondsAgo) {
        add(account, node, secondsAgo, null);
    }

    private void add(String account, String node, int secondsAgo, @Nullable ErrorCode failure) {
        // Each a little later than the one before, so that "in a row" has a meaning within one second too.
        Instant at = NOW.minusSeconds(secondsAgo);
        outcomes.add(new AttemptOutcome(at, VM, account, node, "micro", null, failure));
    }
}
