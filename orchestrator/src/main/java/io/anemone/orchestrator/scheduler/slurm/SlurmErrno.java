package io.anemone.orchestrator.scheduler.slurm;

import io.anemone.core.error.ErrorCode;
import java.util.Map;
import java.util.Set;

/** The numbers of {@code slurm_errno.h} (22.05) that make a difference here. */
final class SlurmErrno {

    private static final int INVALID_JOB_ID = 2017;
    private static final int ALREADY_DONE = 2021;

    /**
     * What slurmrestd says when slurmctld hung up on it: mostly because it did not take the token, which the
     * answer does not tell apart ({@code SLURM_ERROR}, {@code SLURM_PROTOCOL_AUTHENTICATION_ERROR},
     * {@code SLURM_PROTOCOL_SOCKET_ZERO_BYTES_SENT}).
     */
    private static final Set<Integer> HUNG_UP = Set.of(-1, 1007, 5005);

    /**
     * Answers to a submit after which there is certainly no job that waits or runs, and which the same request
     * would get again.
     */
    private static final Map<Integer, ErrorCode> REFUSALS = Map.ofEntries(
            Map.entry(2000, ErrorCode.UNKNOWN_PARTITION), // ESLURM_INVALID_PARTITION_NAME
            Map.entry(2001, ErrorCode.UNKNOWN_PARTITION), // ESLURM_DEFAULT_PARTITION_NOT_SET
            Map.entry(2002, ErrorCode.SUBMIT_REJECTED), // ESLURM_ACCESS_DENIED
            Map.entry(2003, ErrorCode.SUBMIT_REJECTED), // ESLURM_JOB_MISSING_REQUIRED_PARTITION_GROUP
            Map.entry(2005, ErrorCode.SIZE_TOO_LARGE), // ESLURM_TOO_MANY_REQUESTED_CPUS
            Map.entry(2006, ErrorCode.SUBMIT_REJECTED), // ESLURM_INVALID_NODE_COUNT
            Map.entry(2010, ErrorCode.SUBMIT_REJECTED), // ESLURM_USER_ID_MISSING
            Map.entry(2012, ErrorCode.SUBMIT_REJECTED), // ESLURM_PATHNAME_TOO_LONG
            Map.entry(2014, ErrorCode.SIZE_TOO_LARGE), // ESLURM_REQUESTED_NODE_CONFIG_UNAVAILABLE
            Map.entry(2015, ErrorCode.SUBMIT_REJECTED), // ESLURM_REQUESTED_PART_CONFIG_UNAVAILABLE
            Map.entry(2025, ErrorCode.SUBMIT_REJECTED), // ESLURM_BAD_TASK_COUNT
            Map.entry(2036, ErrorCode.SUBMIT_REJECTED), // ESLURM_NOT_SUPPORTED
            Map.entry(2044, ErrorCode.SIZE_TOO_LARGE), // ESLURM_INVALID_TASK_MEMORY
            Map.entry(2045, ErrorCode.SUBMIT_REJECTED), // ESLURM_INVALID_ACCOUNT
            Map.entry(2048, ErrorCode.SUBMIT_REJECTED), // ESLURM_INVALID_LICENSES
            Map.entry(2050, ErrorCode.SUBMIT_REJECTED), // ESLURM_ACCOUNTING_POLICY
            Map.entry(2051, ErrorCode.WALLTIME_TOO_LONG), // ESLURM_INVALID_TIME_LIMIT
            Map.entry(2066, ErrorCode.SUBMIT_REJECTED), // ESLURM_INVALID_QOS
            Map.entry(2069, ErrorCode.SIZE_TOO_LARGE), // ESLURM_INVALID_CPU_COUNT
            Map.entry(2070, ErrorCode.SUBMIT_REJECTED), // ESLURM_PARTITION_NOT_AVAIL
            Map.entry(2074, ErrorCode.SUBMIT_REJECTED), // ESLURM_QOS_THRES
            Map.entry(2101, ErrorCode.SUBMIT_REJECTED), // ESLURM_PARTITION_DOWN
            Map.entry(2111, ErrorCode.SIZE_TOO_LARGE), // ESLURM_INVALID_CORE_CNT
            Map.entry(2113, ErrorCode.SUBMIT_REJECTED), // ESLURM_GROUP_ID_MISSING
            Map.entry(2130, ErrorCode.SUBMIT_REJECTED), // ESLURM_PARTITION_ASSOC
            Map.entry(9001, ErrorCode.SUBMIT_REJECTED), // ESLURM_REST_FAIL_PARSING
            Map.entry(9002, ErrorCode.SUBMIT_REJECTED)); // ESLURM_REST_INVALID_JOBS_DESC

    private SlurmErrno() {}

    static boolean refusal(int errno) {
        return REFUSALS.containsKey(errno);
    }

    /** The code of a {@link #refusal}. */
    static ErrorCode refusalCode(int errno) {
        return REFUSALS.getOrDefault(errno, ErrorCode.SUBMIT_REJECTED);
    }

    static boolean noSuchJob(int errno) {
        return errno == INVALID_JOB_ID;
    }

    /** Whether a job that was to be cancelled needs no cancelling any more. */
    static boolean nothingToCancel(int errno) {
        return errno == INVALID_JOB_ID || errno == ALREADY_DONE;
    }

    static boolean hungUp(int errno) {
        return HUNG_UP.contains(errno);
    }
}
