module induction

/** The proof of the properties for histories of any length, with as many parties as the scopes say. */
open behaviour
open invariant
open properties

assert holdsAtFirst { init implies invariant }
check holdsAtFirst for 3 but 4 Job, 4 Attempt, 4 Connection, 2..2 steps expect 0

assert isKept { invariant and step implies after invariant }
check isKept for 2 but 3 Lease, 3 Job, 3 Attempt, 4 Connection, 2..2 steps expect 0

assert impliesTheProperties {
  invariant implies oneDomain and oneLiveAttempt and overHasNoDomain and domainInsideItsLease and oneJobRunsVms }
check impliesTheProperties for 3 but 4 Job, 4 Attempt, 4 Connection, 2..2 steps expect 0

assert impliesThoseOfSteps {
  invariant and step implies onlyTheSchedulerEndsALease and epochsOnlyRise }
check impliesThoseOfSteps for 3 but 4 Job, 4 Attempt, 4 Connection, 2..2 steps expect 0
