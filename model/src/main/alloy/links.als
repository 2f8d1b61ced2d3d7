module links

/** Between the orchestrator and the agents: Admission, LeaseContacts, DesiredState, full reports. */
open site

/** An agent is let in, if the scheduler says that its job runs. The connection's epoch is higher than all before. */
pred joins[c: Connection] {
  let j = c.job, l = j.carries {
    j.state = RUNNING
    c not in Admitted and all other: Connection - Admitted - c | older[c, other]
    -- the agent may be faster than the reply to its job's submit
    l.phase = SUBMITTING
      or l.jobId = j and l in phase.(QUEUED + ACTIVE + RELEASING)
      or no l.phase and l.serves.path = Direct
    phase' = phase ++ l->(l.phase = RELEASING implies RELEASING else ACTIVE)
    jobId' = jobId ++ l->j
  }
  Admitted' = Admitted + c and Open' = Open + c
  Unread' = Unread and Reported' = Reported and shallRun' = shallRun and shallEnd' = shallEnd and report' = report
  attemptsStay and schedulerStays and agentsStay
}

/**
 * The complete list of what shall be, made from the database. It may be read much later. (Of one connection one list is
 * on its way at a time; a second would wait behind it.)
 */
pred sends[c: Connection] {
  c in Open - Unread
  let l = c.job.carries {
    l in phase.(ACTIVE + RELEASING)
    shallRun' = shallRun - c->Attempt + c->toRun[c, l]
    shallEnd' = shallEnd - c->Attempt + c->toStop[c, l]
  }
  Unread' = Unread + c
  Admitted' = Admitted and Open' = Open and Reported' = Reported and report' = report
  leasesStay and attemptsStay and schedulerStays and agentsStay
}

/** An attempt that was seen to be begun and that the agent does not know any more must not be begun anew. */
fun toRun[c: Connection, l: Lease]: set Attempt {
  l.phase = RELEASING implies none
    else lease.l & (stage.PLACED + (stage.(BOOTING + READY) & c.report))
}

fun toStop[c: Connection, l: Lease]: set Attempt {
  lease.l & (stage.STOPPING + (stage.OVER & c.report) + (l.phase = RELEASING implies onLease else none))
}

/** A full report, on the connection that the agent made last. */
pred reports[c: Connection] {
  c in Open and c = newest[c.job] and c.job.state = RUNNING
  report' = report - c->Attempt + c->((c.job.want + c.job.halt) & c.job.noted)
  Reported' = Reported + c
  Admitted' = Admitted and Open' = Open and Unread' = Unread and shallRun' = shallRun and shallEnd' = shallEnd
  leasesStay and attemptsStay and schedulerStays and agentsStay
}

/** The network, or the orchestrator's end. What was sent before may still be read. */
pred breaks[c: Connection] {
  c in Open
  Open' = Open - c
  Admitted' = Admitted and Unread' = Unread and Reported' = Reported
  shallRun' = shallRun and shallEnd' = shallEnd and report' = report
  leasesStay and attemptsStay and schedulerStays and agentsStay
}
