module properties

/** What must hold in every state, or at every step. */
open site

/** I1. */
pred oneDomain { all v: Vm | lone domains :> vm.v }

/** An attempt is begun only when the one before is over. */
pred oneLiveAttempt { all v: Vm | lone vm.v & live }

/** And over means over: what the database holds for over, or never begun, has no domain. */
pred overHasNoDomain { Job.domains in onLease }

/** I2. */
pred domainInsideItsLease {
  all j: domains.Attempt | j.state = RUNNING and j.carries.jobId = j and j.carries in phase.(ACTIVE + RELEASING)
}

pred oneJobRunsVms { all l: Lease | lone carries.l & domains.Attempt }

/** A step that ends a lease whose job is known has the scheduler's word that it is over. */
pred onlyTheSchedulerEndsALease {
  all l: Lease | some l.jobId and l.phase != RELEASED and l.phase' = RELEASED implies l.jobId.state = ENDED
}

/** Orders of an older epoch are never carried out after newer ones were. */
pred epochsOnlyRise { all j: Job | not (some j.heard' and older[j.heard', j.heard]) }

/** A domain that has come to its end never comes back. */
pred begunOnce { all a: Attempt | a in Job.domains and a not in Job.domains' implies after always a not in Job.domains }
