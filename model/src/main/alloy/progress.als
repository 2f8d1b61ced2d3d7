module progress

/** What is begun comes to its end, if nothing fails for ever. */
open behaviour
open fairness

assert deletedVmIsOver { behaviour and fair implies always all v: Deleted | eventually v in Closed }
check deletedVmIsOver for 1 but 2 Job, 2 Connection, 10..10 steps expect 0

assert releasedLeaseIsOver {
  behaviour and fair implies always all l: phase.RELEASING | eventually (l.phase = RELEASED and no l.jobId & there) }
check releasedLeaseIsOver for 1 but 2 Job, 2 Connection, 10..10 steps expect 0

assert oneJobInTheEnd { behaviour and fair implies eventually always all l: Lease | lone carries.l & there }
check oneJobInTheEnd for 1 but 2 Job, 2 Connection, 10..10 steps expect 0

assert noJobForAVmThatIsOver {
  behaviour and fair implies always all l: Lease | l.serves.path = Scheduled and l.serves in Closed implies
    eventually always no carries.l & there }
check noJobForAVmThatIsOver for 1 but 2 Job, 2 Connection, 10..10 steps expect 0

/** The assumptions leave room for a whole life. */
run deletedWhileItRuns { behaviour and fair and eventually (some Deleted - Closed and some Job.domains) }
  for 1 but 8..10 steps expect 1
