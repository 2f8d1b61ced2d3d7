module without/evidence

/** A job that a listing leaves out counts as over. Listings leave out any job at any time. */
open behaviour
open properties

pred absent[l: Lease] {
  l in phase.(QUEUED + ACTIVE)
  phase' = phase ++ l->RELEASED
  jobId' = jobId
  attemptsStay and schedulerStays and agentsStay and linksStay
}

pred variant { init and always (step or some l: Lease | absent[l]) }

check theSchedulerEndsLeases { variant implies always onlyTheSchedulerEndsALease }
  for 1 but 2..2 steps expect 1

/** The guest that everybody believes to be gone, and its successor. */
check oneDomainStays { variant implies always oneDomain }
  for 1 but 2 Lease, 2 Job, 2 Attempt, 2 Connection, 11..11 steps expect 1
