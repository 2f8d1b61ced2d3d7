package io.anemone.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The orchestrator's outbox over the simulated database: the same conditions as its SQL. */
final class Outbox {

    private static final Duration CLAIM = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
    private static final int ROOM = 16;

    private final Database database;
    private final Clock clock;
    private final PlantedBug bug;

    Outbox(Database database, Clock clock, PlantedBug bug) {
        this.bug = bug;
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param here     the process that claims
     * @param underWay what it has under way; what else it has claimed it does not know of
     */
    List<EffectRow.Claim> claim(Object here, Collection<EffectRow.Claim> underWay) {
        Instant now = clock.instant();
        List<EffectRow.Claim> claims = new ArrayList<>();
        for (EffectRow row : database.effects.values()) {
            boolean free = bug == PlantedBug.CLAIM_NEVER_RUNS_OUT
                    ? row.claimedUntil.equals(Instant.MIN)
                    : row.claimedUntil.isBefore(now)
                            || row.claimedBy == here
                                    && underWay.stream()
                                            .noneMatch(claim -> claim.key().equals(row.key));
            if (claims.size() < ROOM && !row.dueAt.isAfter(now) && free) {
                row.claimedUntil = now.plus(CLAIM);
                row.claimedBy = here;
                row.tries++;
                claims.add(new EffectRow.Claim(row.key, row.wanted, row.tries, row.claimedUntil));
            }
        }
        return claims;
    }

    /** Whether it is still claimed by this try, for as long as a call may take. */
    boolean holds(EffectRow.Claim claim) {
        return isNewest(claim) && claim.until().isAfter(clock.instant().plus(CLAIM.dividedBy(2)));
    }

    /** What comes of a try that is no longer the newest is not the last word. */
    boolean isNewest(EffectRow.Claim claim) {
        EffectRow row = database.effects.get(claim.key());
        return row != null && row.tries == claim.tries();
    }

    /** Of the newest try. */
    void settle(EffectRow.Claim claim) {
        EffectRow row = database.effects.get(claim.key());
        if (row != null && row.wanted == claim.wanted()) {
            database.effects.remove(claim.key());
        } else if (row != null) {
            row.claimedUntil = Instant.MIN;
        }
    }

    void tryAgain(EffectRow.Claim claim) {
        EffectRow row = database.effects.get(claim.key());
        if (row != null) {
            Duration wait = Duration.ofSeconds(1L << Math.min(claim.tries() - 1, 10));
            row.claimedUntil = Instant.MIN;
            row.dueAt = clock.instant().plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
        }
    }
}
