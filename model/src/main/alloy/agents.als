module agents

/** What an agent does: LeaseSupervisor, VmSupervisor, Startup. It does so only while its job runs. */
open site

/** Orders are accepted unless newer ones were. */
pred reads[c: Connection] {
  not older[c, c.job.heard]
  obeys[c]
}

pred obeys[c: Connection] {
  c in Unread and c.job.state = RUNNING
  want' = want + c.job->c.shallRun
  halt' = halt + c.job->c.shallEnd
  heard' = heard ++ c.job->c
  noted' = noted and domains' = domains and Word' = Word
  taken[c]
}

/** Orders of an older epoch. */
pred refuses[c: Connection] {
  c in Unread and c.job.state = RUNNING and some c.job.heard and older[c, c.job.heard]
  taken[c]
  agentsStay
}

private pred taken[c: Connection] {
  Unread' = Unread - c
  Admitted' = Admitted and Open' = Open and Reported' = Reported
  shallRun' = shallRun and shallEnd' = shallEnd and report' = report
  leasesStay and attemptsStay and schedulerStays
}

/** At most once in the job's life: noted first, then created, which may fail. */
pred begins[j: Job, a: Attempt] {
  j.state = RUNNING and a in j.want - j.halt - j.noted
  noted' = noted + j->a
  domains' = domains or domains' = domains + j->a
  want' = want and halt' = halt and heard' = heard and Word' = Word
  leasesStay and attemptsStay and schedulerStays and linksStay
}

/** By itself, or because it shall end. */
pred domainEnds[j: Job, a: Attempt] {
  a in j.domains
  domains' = domains - j->a
  want' = want and halt' = halt and heard' = heard and noted' = noted and Word' = Word
  leasesStay and attemptsStay and schedulerStays and linksStay
}

/** It is over, and will not be begun again: begun and gone, or to be ended and never begun. */
pred saysOver[j: Job, a: Attempt] {
  j.state = RUNNING and a in (j.want & j.noted) + j.halt and a not in j.domains + Word
  Word' = Word + a
  noted' = noted + j->a
  want' = want and halt' = halt and heard' = heard and domains' = domains
  leasesStay and attemptsStay and schedulerStays and linksStay
}

/** Killed and started again. Its memory and its connections are lost, and it adopts the domains that it finds. */
pred restarts[j: Job] {
  noted' = noted
  forgets[j]
}

pred forgets[j: Job] {
  j.state = RUNNING
  want' = want - j->Attempt + j->j.domains
  halt' = halt - j->Attempt
  heard' = heard - j->Connection
  Open' = Open - job.j and Unread' = Unread - job.j
  domains' = domains and Word' = Word
  Admitted' = Admitted and Reported' = Reported and shallRun' = shallRun and shallEnd' = shallEnd and report' = report
  leasesStay and attemptsStay and schedulerStays
}
