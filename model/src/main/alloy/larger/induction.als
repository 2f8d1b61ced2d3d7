module larger/induction

open induction

check isKept for 3 but 4 Lease, 4 Job, 4 Attempt, 5 Connection, 2..2 steps expect 0
check impliesTheProperties for 4 but 5 Job, 6 Attempt, 6 Connection, 2..2 steps expect 0
check impliesThoseOfSteps for 4 but 5 Job, 6 Attempt, 6 Connection, 2..2 steps expect 0
