module behaviour

/** Any party does anything it may do, one step after the other, in any order; or nothing happens. */
open site
open scheduler
open leases
open attempts
open links
open agents

pred step {
  nothing
  or (some j: Job | lands[j] or userSubmits[j] or starts[j] or ends[j])
  or (some j: Job | submits[j] or learns[j] or jobOver[j])
  or (some l: Lease | requestsForPool[l] or refused[l] or givesBack[l])
  or (some a: Attempt | requestsFor[a] or places[a] or startDeadline[a] or agentSaid[a] or missed[a] or leaseOver[a])
  or (some a: Attempt | advances[a, BOOTING] or advances[a, READY])
  or (some v: Vm | deletes[v])
  or (some c: Connection | joins[c] or sends[c] or reports[c] or breaks[c] or reads[c] or refuses[c])
  or (some j: Job, a: Attempt | begins[j, a] or domainEnds[j, a] or saysOver[j, a])
  or (some j: Job | restarts[j])
}

pred nothing { leasesStay and attemptsStay and schedulerStays and agentsStay and linksStay }

pred behaviour { init and always step }
