module paths

/** The model is not empty: each of these histories exists. */
open behaviour

/** By each launch path a VM becomes READY, and its domain runs. */
run staticReady { behaviour and eventually ready[Static] } for 1 but 7..7 steps expect 1
run scheduledReady { behaviour and eventually ready[Scheduled] } for 1 but 12..12 steps expect 1
run directReady { behaviour and eventually ready[Direct] } for 1 but 10..10 steps expect 1

private pred ready[p: Path] { some a: stage.READY & Job.domains | a.vm.path = p }

/** An attempt fails on one lease, and the VM is READY on another. */
run readyOnAnotherLease {
  behaviour and some disj a, b: Attempt, disj c, d: Connection {
    a.vm = b.vm and a.lease != b.lease
    places[a]; sends[c]; reads[c]; begins[c.job, a]; saysOver[c.job, a]; agentSaid[a];
    places[b]; sends[d]; reads[d]; begins[d.job, b]; reports[d]; advances[b, READY]
    eventually (b in stage.READY & Job.domains)
  }
} for 1 but 2 Lease, 2 Job, 2 Attempt, 2 Connection, 13..13 steps expect 1

/** The agent is restarted while its guest runs, adopts it, and the VM is READY by its report. */
run adopted {
  behaviour and eventually (some j: Job | some j.domains and restarts[j] and after eventually some stage.READY & j.domains)
} for 1 but 2 Connection, 10..10 steps expect 1

/** A second job of a lease that has one appears, and is ended. */
run secondJobEnds {
  behaviour and eventually (some j: Job | stray[j] and j.state = RUNNING and j.carries.phase = ACTIVE and ends[j])
} for 1 but 2 Job, 12..12 steps expect 1

/** A lease is given back before its submit is settled, and is over once the job is. */
run releasedBeforeItsJobIsKnown {
  behaviour and eventually (some l: phase.RELEASING | no l.jobId and eventually (l.phase = RELEASED and l.jobId.state = ENDED))
} for 1 but 8..8 steps expect 1

/** A pool's lease with a running guest is given back, and is over. */
run releasedWithAGuest {
  behaviour and eventually (some l: phase.RELEASING | some l.jobId.domains and eventually l.phase = RELEASED)
} for 1 but 9..9 steps expect 1

/** Orders of an older epoch are read late, and refused. */
run oldOrdersRefused { behaviour and eventually (some c: Connection | refuses[c]) }
  for 1 but 2 Connection, 7..7 steps expect 1
