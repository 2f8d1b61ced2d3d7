module invariant

/**
 * Why the properties hold: what is true before any step is true after it. Where the reasons for one domain per VM are
 * sought, read this.
 */
open site

pred invariant {
  leasesFit and jobsFit and attemptsFit and linksFit and agentsFit
  beganOnlyOnOrders and overIsOver and seenIsNoted and missedIsGone
}

/** A lease that has or had an agent has a job, and is over only after that. */
private pred leasesFit {
  all l: Lease {
    some l.jobId implies l.jobId.carries = l and l.jobId in state.(PENDING + RUNNING + ENDED)
    l in phase.(QUEUED + ACTIVE) implies some l.jobId
    l.phase = ACTIVE implies l.jobId in state.(RUNNING + ENDED)
    l in phase.SUBMITTING implies no l.jobId
    l.phase = RELEASED implies l.jobId in state.ENDED
    -- a direct lease has its phase from its agent; a job of the others was submitted for them
    no l.phase and l.serves.path != Direct implies no carries.l.state
  }
}

private pred jobsFit { all j: Job | some j.domains implies j.state = RUNNING }

private pred attemptsFit {
  all v: Vm | lone vm.v & live
  no vm.Closed & live
  all a: Attempt {
    a in stage.WAITING implies a.vm.path = Scheduled and some a.lease.phase
    some a.stage and a.vm.path = Scheduled implies some a.lease.phase
    a in onLease implies a.lease in phase.(ACTIVE + RELEASING + RELEASED) and some a.lease.jobId
  }
}

/** Only agents of the job that backs the lease are let in. */
private pred linksFit {
  Open + Unread + Reported in Admitted
  shallRun.Attempt + shallEnd.Attempt + report.Attempt in Admitted
  all c: Admitted {
    c.job.carries.jobId = c.job
    c.job.carries in phase.(ACTIVE + RELEASING + RELEASED)
    c.(shallRun + shallEnd + report).lease in c.job.carries
    all other: Connection - Admitted | older[c, other]
  }
}

private pred agentsFit {
  all j: Job {
    (some j.(want + halt + noted) or some j.heard) implies some Admitted & job.j
    j.heard in Admitted & job.j
    j.(want + halt + noted).lease in j.carries
    -- it knows all that runs
    j.domains in j.noted and j.domains in j.want + j.halt
    -- and all that it told of on a connection that it still has
    (Open & job.j).report in j.want + j.halt
  }
  Word in Job.noted and no Word & Job.domains
}

/** What was never placed is not known to any agent. */
private pred beganOnlyOnOrders {
  all a: Attempt - onLease - stage.OVER | unheardOf[a]
}

private pred unheardOf[a: Attempt] { a not in Connection.(shallRun + shallEnd + report) + Job.(want + halt + noted) }

/** Over: its job is, or it was begun or given up there and has no domain, or it was never placed. */
private pred overIsOver {
  all a: stage.OVER | a.lease.jobId.state = ENDED or a in Job.noted - Job.domains or unheardOf[a]
}

private pred seenIsNoted {
  report in job.noted
  all a: stage.(BOOTING + READY) | some c: Admitted | a in c.report
}

/** An attempt that one report told of and a later one did not has no domain any more. */
private pred missedIsGone {
  all c: Reported, earlier: Admitted & job.(c.job) |
    older[earlier, c] implies no (earlier.report - c.report) & c.job.domains
}
