module site

/**
 * What there is, and who remembers what. Lines with `var` change over time; all others are fixed for a whole history
 * and stand for what could be: a lease without a phase was never asked for, a job without a state never submitted,
 * an attempt without a stage never begun.
 */
open util/ordering[Connection] as order

abstract sig Path {}
one sig Static, Scheduled, Direct extends Path {}

abstract sig LeasePhase {}
/** REQUESTED is left in the transaction that makes it. STARTING is QUEUED, DRAINING is ACTIVE, FAILED is RELEASED. */
one sig SUBMITTING, QUEUED, ACTIVE, RELEASING, RELEASED extends LeasePhase {}

abstract sig JobState {}
/** SENT: the submit is on its way. It may arrive late, or never. */
one sig SENT, PENDING, RUNNING, ENDED extends JobState {}

abstract sig Stage {}
/** WAITING is the VM's QUEUED; PREPARING is PLACED; RUNNING is BOOTING or READY. OVER is for good. */
one sig WAITING, PLACED, BOOTING, READY, STOPPING, OVER extends Stage {}

sig Vm { path: Path }

/** Its row in the database. */
sig Lease {
  serves: lone Vm,                -- none: a lease of a pool
  var phase: lone LeasePhase,
  var jobId: lone Job             -- the job that backs it, once known
}

/** One try to run one VM on one lease. Its row in the database. */
sig Attempt {
  vm: Vm,
  lease: Lease,
  var stage: lone Stage
}

/** A job, and the agent and the domains in it. */
sig Job {
  carries: Lease,                 -- by its name; a direct job by its id and the time of its submit
  var state: lone JobState,       -- the scheduler's truth
  var want, halt: set Attempt,    -- the agent's memory: what it shall run, what it shall end
  var heard: lone Connection,     -- the agent's memory: the newest epoch whose orders it accepted
  var noted: set Attempt,         -- the job's directory: attempts that were begun or ended here
  var domains: set Attempt        -- libvirt's truth
}

/** One accepted connection of an agent; its place in the order is its epoch. */
sig Connection {
  job: Job,
  var shallRun, shallEnd: set Attempt,     -- the orders sent last
  var report: set Attempt         -- the newest full report: the begun attempts that the agent knows
}

var sig Deleted in Vm {}          -- the goal is TERMINATE
var sig Closed in Vm {}           -- STOPPED or FAILED: no attempt follows
var sig Word in Attempt {}        -- its agent said that it is over; this may be read at any time from now on
var sig Admitted in Connection {} -- accepted by the orchestrator
var sig Open in Connection {}     -- a report or an order may still be sent on it
var sig Unread in Connection {}   -- its orders are on their way
var sig Reported in Connection {} -- at least one report came on it

fact launchPaths {
  all a: Attempt | a.vm.path = Static implies no a.lease.serves else a.lease.serves = a.vm
  all l: Lease | l.serves.path != Static and (some l.serves implies lone lease.l)
  all l: Lease | l.serves.path = Direct implies lone carries.l
  all v: Vm | v.path = Direct implies lone vm.v
}

fun live: set Attempt { stage.(WAITING + PLACED + BOOTING + READY + STOPPING) }
fun onLease: set Attempt { stage.(PLACED + BOOTING + READY + STOPPING) }

/** The job is the scheduler's: it waits or runs. */
fun there: set Job { state.(PENDING + RUNNING) }

/** Whether one epoch is lower than another. */
pred older[c, than: Connection] { order/lt[c, than] }

/** The connection that speaks for the job's agent. */
fun newest[j: Job]: lone Connection { order/max[Admitted & job.j] }

pred leasesStay { phase' = phase and jobId' = jobId }
pred attemptsStay { stage' = stage and Deleted' = Deleted and Closed' = Closed }
pred schedulerStays { state' = state }
pred agentsStay {
  want' = want and halt' = halt and heard' = heard
  noted' = noted and domains' = domains and Word' = Word
}
pred linksStay {
  Admitted' = Admitted and Open' = Open and Unread' = Unread and Reported' = Reported
  shallRun' = shallRun and shallEnd' = shallEnd and report' = report
}

/** Nothing has happened yet, except that some leases of pools may stand, their agents connected. */
pred init {
  no stage and no Deleted and no Closed
  no want and no halt and no heard and no noted and no domains and no Word
  no Unread and no Reported and no shallRun and no shallEnd and no report
  Open = Admitted
  all c: Admitted, other: Connection - Admitted | older[c, other]
  all l: Lease | standing[l] or untouched[l]
}

private pred standing[l: Lease] {
  no l.serves and l.phase = ACTIVE
  l.jobId.carries = l and l.jobId.state = RUNNING
  no (carries.l - l.jobId).state
  one Admitted & job.(l.jobId) and no Admitted & job.(carries.l - l.jobId)
}

private pred untouched[l: Lease] {
  no l.phase and no l.jobId and no carries.l.state and no Admitted & job.(carries.l)
}
