module attempts

/** What the orchestrator does with VMs and their attempts: VmMachine, VmPlanner, MissingAttempts. */
open site
open leases

/** On a lease whose agent has joined. */
pred places[a: Attempt] {
  a.lease.phase = ACTIVE
  a.stage = WAITING or no a.stage and a.vm.path != Scheduled and free[a.vm]
  becomes[a, PLACED]
}

/** The agent told that it has begun, or that the guest is usable. The message may be old. */
pred advances[a: Attempt, to: Stage] {
  some c: Admitted | a in c.report
  a.stage = PLACED and to in BOOTING + READY or a.stage = BOOTING and to = READY
  becomes[a, to]
}

/** It did not start in time. That proves nothing, so it is only stopped. */
pred startDeadline[a: Attempt] {
  a in stage.(PLACED + BOOTING)
  becomes[a, STOPPING]
}

private pred becomes[a: Attempt, next: Stage] {
  stage' = stage ++ a->next
  Deleted' = Deleted and Closed' = Closed
  leasesStay and schedulerStays and agentsStay and linksStay
}

/** Over by its agent's word. */
pred agentSaid[a: Attempt] {
  a in onLease and a in Word
  over[a]
}

/**
 * Over because its agent, which has begun it, does not know it any more, by a full report of its newest connection.
 * An attempt that nobody is known to have begun is not missed: the orders to begin it may still be on their way.
 */
pred missed[a: Attempt] {
  a in stage.(BOOTING + READY)
  unknownToAgent[a]
  over[a]
}

pred unknownToAgent[a: Attempt] {
  some newest[a.lease.jobId] & Reported
  a not in newest[a.lease.jobId].report
}

/** Over because its lease is, by the scheduler's word. */
pred leaseOver[a: Attempt] {
  a in live and a.lease.phase = RELEASED
  over[a]
}

/** What follows an attempt's end: nothing any more, or the next attempt elsewhere. */
pred over[a: Attempt] {
  stage' = stage ++ a->OVER
  Deleted' = Deleted
  Closed in Closed' and Closed' in Closed + a.vm
  (a.vm in Deleted or a.vm.path = Direct) implies a.vm in Closed'
  leasesStay and schedulerStays and agentsStay and linksStay
}

/** Its owner wants it gone. An attempt that only waits has no agent that was told of it. */
pred deletes[v: Vm] {
  v not in Deleted + Closed
  Deleted' = Deleted + v
  let mine = vm.v & live {
    mine in stage.WAITING implies stage' = stage ++ mine->OVER else stage' = stage ++ mine->STOPPING
    Closed' = (mine in stage.WAITING implies Closed + v else Closed)
  }
  leasesStay and schedulerStays and agentsStay and linksStay
}
