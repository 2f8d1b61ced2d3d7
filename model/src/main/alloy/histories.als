module histories

/** From the beginning, step by step: a second look at what the induction shows, and what is said of whole histories. */
open behaviour
open properties

assert everyState {
  behaviour implies always (oneDomain and oneLiveAttempt and overHasNoDomain and domainInsideItsLease and oneJobRunsVms
    and onlyTheSchedulerEndsALease and epochsOnlyRise)
}
check everyState for 2 but 1 Vm, 2 Connection, 7..7 steps expect 0

assert begunAtMostOnce { behaviour implies always begunOnce }
check begunAtMostOnce for 1 but 2 Connection, 10..10 steps expect 0
