module larger/progress

open progress

check deletedVmIsOver for 1 but 2 Lease, 2 Job, 2 Attempt, 2 Connection, 12..12 steps expect 0
check releasedLeaseIsOver for 1 but 2 Job, 3 Connection, 14..14 steps expect 0
check oneJobInTheEnd for 1 but 3 Job, 2 Connection, 14..14 steps expect 0
check noJobForAVmThatIsOver for 1 but 3 Job, 2 Connection, 14..14 steps expect 0
