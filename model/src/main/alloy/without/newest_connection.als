module without/newest_connection

/** What the reports of an older connection leave out counts too: it was written before the agent had its newer orders. */
open behaviour
open properties

pred missedByAnOldReport[a: Attempt] {
  a in stage.(BOOTING + READY)
  some c: Reported & job.(a.lease.jobId) | a not in c.report
  over[a]
}

pred variant { init and always (step or some a: Attempt | missedByAnOldReport[a]) }

check overIsOver { variant implies always overHasNoDomain }
  for 1 but 2 Connection, 10..10 steps expect 1
