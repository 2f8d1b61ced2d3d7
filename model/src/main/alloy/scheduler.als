module scheduler

/**
 * What the scheduler does, and what users do to it. Two assumptions stand here: jobs end for many reasons at any time,
 * and a job that is over has taken its domains with it (by its cgroup, or by the epilog).
 */
open site

/** The scheduler carries out a submit, however late. */
pred lands[j: Job] {
  j.state = SENT
  state' = state ++ j->PENDING
  leasesStay and attemptsStay and agentsStay and linksStay
}

/** A user submits a job of their own. */
pred userSubmits[j: Job] {
  no j.state and j.carries.serves.path = Direct
  state' = state ++ j->PENDING
  leasesStay and attemptsStay and agentsStay and linksStay
}

pred starts[j: Job] {
  j.state = PENDING
  state' = state ++ j->RUNNING
  leasesStay and attemptsStay and agentsStay and linksStay
}

/** Time limit, cancelled by anybody, preempted, node lost, script done. */
pred ends[j: Job] {
  j in there
  state' = state ++ j->ENDED
  domains' = domains - j->Attempt
  want' = want and halt' = halt and heard' = heard and noted' = noted and Word' = Word
  leasesStay and attemptsStay and linksStay
}
