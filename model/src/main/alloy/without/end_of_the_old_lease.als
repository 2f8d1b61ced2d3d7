module without/end_of_the_old_lease

/** A VM that did not start in time is tried elsewhere at once, without the word of its agent or of the scheduler. */
open behaviour
open properties

pred triesElsewhere[a: Attempt] {
  a in stage.(PLACED + BOOTING)
  over[a]
}

pred variant { init and always (step or some a: Attempt | triesElsewhere[a]) }

check oneDomainStays { variant implies always oneDomain }
  for 1 but 2 Lease, 2 Job, 2 Attempt, 2 Connection, 10..10 steps expect 1
