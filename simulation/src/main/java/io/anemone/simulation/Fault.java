package io.anemone.simulation;

/** What can go wrong. */
enum Fault {
    ORCHESTRATOR_CRASHES(0.0015),
    AGENT_CRASHES(0.05),
    AGENT_FREEZES(0),
    NODE_CRASHES(0),
    SCHEDULER_SILENT(0),
    SCHEDULER_LOSES_ITS_LAST_SECONDS(0),
    LISTING_STALE(0.15),
    LISTING_TRUNCATED(0.15),
    LISTING_EMPTY(0.1),
    LISTING_UNAVAILABLE(0.15),
    CALL_UNAVAILABLE(0.15),
    SUBMIT_REPLY_LOST(0.25),
    SUBMIT_LATE(0.25),
    CANCEL_LOST(0.25),
    MESSAGE_LOST_WITH_ITS_CONNECTION(0.03),
    MESSAGE_LATE(0.05),
    MESSAGE_DOUBLED(0.05),
    STALE_ORDERS(0.6),
    PARTITION(0),
    DATABASE_UNAVAILABLE(0),
    COMMIT_FAILS(0.03),
    COMMIT_ANSWER_LOST(0.03),
    EFFECT_STALLS(0.1),
    DECISION_STALLS(0.1),
    HYPERVISOR_UNAVAILABLE(0),
    CREATE_FAILS(0.2),
    CREATE_REPLY_LOST(0.2),
    CREATE_HANGS(0.1),
    SAVE_FAILS(0.2),
    SAVE_REPLY_LOST(0.2),
    RESTORE_FAILS(0.2),
    SHARED_STORAGE_FULL(0.2),
    DISK_FULL(0.1),
    NOTES_LOST(0.1),
    CLOCK_OFF_BY_MINUTES(0),
    CLOCK_JUMPS(0),
    GUEST_POWERS_OFF(0),
    GUEST_CRASHES(0),
    GUESTS_IGNORE_SHUTDOWN(0);

    private final double probability;

    /** @param probability at each occasion; 0 for what comes by its own time */
    Fault(double probability) {
        this.probability = probability;
    }

    double probability() {
        return probability;
    }
}
