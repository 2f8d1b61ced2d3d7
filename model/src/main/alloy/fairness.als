module fairness

/**
 * What must not fail for ever, so that something comes to an end: whatever can be done is done at last, or need not be
 * done any more. Crashes, lost connections and late messages may still happen, but not so that these never hold.
 */
open site
open leases

pred fair { fairButForStrays and straysEnd }

pred fairButForStrays { schedulerAnswers and orchestratorLooks and agentsWork }

/** A stray job that is cancelled again and again ends. */
pred straysEnd { all j: Job | always eventually not stray[j] }

private pred schedulerAnswers {
  all l: Lease {
    always eventually not (l in phase.(SUBMITTING + RELEASING) and no l.jobId)
    always eventually not (l.phase = RELEASING and l.jobId in there)
    always eventually not (l.phase != RELEASED and l.jobId.state = ENDED)
  }
}

private pred orchestratorLooks {
  all l: Lease | always eventually not servesNobody[l]
  all a: Attempt {
    always eventually not (a in live and a.lease.phase = RELEASED)
    always eventually not (a in onLease and a in Word)
  }
}

/** A lease of its own whose VM is over or has moved on. */
private pred servesNobody[l: Lease] {
  l in phase.(SUBMITTING + QUEUED + ACTIVE) and some l.serves
  l.serves in Closed or some lease.l and lease.l in stage.OVER
}

/** Orders to end an attempt reach its agent, which destroys the domain and says so. */
private pred agentsWork {
  all a: Attempt, j: Job {
    always eventually not (a in stage.STOPPING and a.lease.phase = ACTIVE and a.lease.jobId = j and a not in j.halt)
    always eventually not (j.state = RUNNING and a in j.halt & j.domains)
    always eventually not (j.state = RUNNING and a in j.halt - j.domains - Word)
  }
}
