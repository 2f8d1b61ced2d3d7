package io.anemone.simulation;

/** Bugs of the kinds that systems like this one have had, put in on purpose: a simulation that misses them is no use. */
enum PlantedBug {
    NONE,
    /** A job that is not in a listing is taken as over, without a question about it. */
    ABSENT_FROM_LISTING_IS_OVER,
    /** Agents carry out orders of any connection, however old. */
    EPOCH_FORGOTTEN,
    /** A submit is repeated without a search for the job that the first may have made. */
    RESUBMIT_WITHOUT_SEARCH,
    /** A hypervisor that does not answer is taken to have no domain. */
    UNKNOWN_DOMAIN_IS_GONE,
    /** When a start takes too long, the next attempt begins without word of the first one's end. */
    DEADLINE_STARTS_ANOTHER_ATTEMPT,
    /** The agent does not write down which attempts it started. */
    START_NOT_NOTED,
    /** A lease is taken as over when its agent is away. */
    LOST_AGENT_ENDS_LEASE,
    /** What a process claimed before it died is never claimed again. */
    CLAIM_NEVER_RUNS_OUT,
    /** An attempt that is missing in one report of its agent is taken as gone. */
    MISSING_ONCE_IS_GONE,
    /** A job that is not known to be over is reported as ended when its cancel was sent. */
    CANCELLED_IS_OVER,
    /** A VM is placed by a plan alone, whatever others have placed there since. */
    ROOM_SOLD_TWICE,
    /** What is half written counts as a saved guest. */
    HALF_SAVED_COUNTS,
    /** What was saved is removed when the VM shall go on, and not only when it runs. */
    DISCARDED_ON_RESUME
}
