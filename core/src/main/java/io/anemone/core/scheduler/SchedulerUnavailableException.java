package io.anemone.core.scheduler;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;

/**
 * The scheduler gave no clear answer: refused connection, time-out, nonsense, or an error of its own. Says
 * nothing about any job: what was asked for may have been done.
 */
public final class SchedulerUnavailableException extends AnemoneException {

    private static final long serialVersionUID = 1L;

    public SchedulerUnavailableException(String message) {
        super(ErrorCode.SCHEDULER_UNAVAILABLE, message);
    }

    public SchedulerUnavailableException(String message, Throwable cause) {
        super(ErrorCode.SCHEDULER_UNAVAILABLE, message, cause);
    }
}
