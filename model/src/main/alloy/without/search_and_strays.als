module without/search_and_strays

/** A submit is repeated without a search for what the one before may have brought; and nobody looks for stray jobs. */
open behaviour
open fairness

pred variant { init and always (step or some j: Job | submitsUnseen[j]) }

pred oneJobInTheEnd { eventually always all l: Lease | lone carries.l & there }

check twoJobs { variant and fairButForStrays implies oneJobInTheEnd }
  for 1 but 2 Job, 8..8 steps expect 1

/** The search alone does not do: a submit may be carried out after it. */
check searchAlone { behaviour and fairButForStrays implies oneJobInTheEnd }
  for 1 but 2 Job, 8..8 steps expect 1

/** Looking for strays does: the search saves a job's start and end. */
check straysAlone { variant and fair implies oneJobInTheEnd }
  for 1 but 2 Job, 8..8 steps expect 0
