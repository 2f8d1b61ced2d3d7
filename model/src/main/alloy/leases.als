module leases

/**
 * What the orchestrator does with leases: LeaseMachine, LeasePlanner, SubmitSettlement. Each step is one transaction, so
 * a crash of the orchestrator is nothing but a pause between two steps.
 *
 * A listing of jobs may be old, cut short or empty at any time. Therefore what follows from a job that it leaves out may
 * not depend on the scheduler's truth; and nothing follows. What it says of a job that it names was true once.
 */
open site

/** A pool wants one more. */
pred requestsForPool[l: Lease] {
  no l.phase and no l.serves
  phase' = phase ++ l->SUBMITTING
  jobId' = jobId
  attemptsStay and schedulerStays and agentsStay and linksStay
}

/** A VM of the scheduled path has a job of its own asked for: it waits for it. */
pred requestsFor[a: Attempt] {
  a.vm.path = Scheduled and no a.stage and no a.lease.phase and free[a.vm]
  phase' = phase ++ a.lease->SUBMITTING
  stage' = stage ++ a->WAITING
  jobId' = jobId and Deleted' = Deleted and Closed' = Closed
  schedulerStays and agentsStay and linksStay
}

/** It may have its next attempt. */
pred free[v: Vm] { v not in Deleted + Closed and no vm.v & live }

/** A submit leaves, for the first time or again: after a search by the job's name that found nothing. */
pred submits[j: Job] {
  no (carries.(j.carries)).state - SENT
  submitsUnseen[j]
}

pred submitsUnseen[j: Job] {
  j.carries.phase = SUBMITTING and no j.state
  state' = state ++ j->SENT
  leasesStay and attemptsStay and agentsStay and linksStay
}

/** The submit's reply, a search or a listing names a job, which may be over by now. */
pred learns[j: Job] {
  let l = j.carries {
    j in state.(PENDING + RUNNING + ENDED)
    no l.jobId and l in phase.(SUBMITTING + RELEASING)
    jobId' = jobId ++ l->j
    phase' = phase ++ l->(l.phase = SUBMITTING implies QUEUED else RELEASING)
  }
  attemptsStay and schedulerStays and agentsStay and linksStay
}

/** The scheduler refused, or a search found nothing for a lease that was given back. By now there may be a job. */
pred refused[l: Lease] {
  no l.jobId and l in phase.(SUBMITTING + RELEASING)
  phase' = phase ++ l->RELEASED
  jobId' = jobId
  attemptsStay and schedulerStays and agentsStay and linksStay
}

/** The scheduler's word: a listing names the job as over, or a direct question about it is answered so. */
pred jobOver[j: Job] {
  let l = j.carries {
    j.state = ENDED
    l.jobId = j and l.phase != RELEASED or no l.jobId and l in phase.(SUBMITTING + RELEASING)
    phase' = phase ++ l->RELEASED
    jobId' = jobId ++ l->j
  }
  attemptsStay and schedulerStays and agentsStay and linksStay
}

/** It serves nobody any more, it did not start in time, or an operator wants it. */
pred givesBack[l: Lease] {
  l in phase.(SUBMITTING + QUEUED + ACTIVE)
  phase' = phase ++ l->RELEASING
  jobId' = jobId
  attemptsStay and schedulerStays and agentsStay and linksStay
}

/** A job of the lease's name that does not back it, certainly: until the submit is settled, it may be the one. */
pred stray[j: Job] {
  j in there
  j.carries.phase = RELEASED or some j.carries.jobId and j.carries.jobId != j
}

/** A job that the orchestrator has cancelled, again and again while it sees it. The end itself is scheduler/ends. */
pred unwanted[j: Job] {
  j in there
  stray[j] or j.carries.jobId = j and j.carries.phase = RELEASING
}
