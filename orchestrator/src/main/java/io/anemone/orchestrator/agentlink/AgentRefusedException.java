package io.anemone.orchestrator.agentlink;

import io.anemone.core.error.AnemoneException;
import io.anemone.core.error.ErrorCode;
import io.anemone.core.wire.OrchestratorMessage.Refused;
import java.util.Objects;

/** An agent is not let in. */
final class AgentRefusedException extends AnemoneException {

    private static final long serialVersionUID = 1L;

    private final boolean retry;

    /** @param retry whether the same may go through later */
    AgentRefusedException(ErrorCode code, String message, boolean retry) {
        super(code, message);
        this.retry = retry;
    }

    Refused toMessage() {
        return new Refused(code(), Objects.requireNonNull(getMessage()), retry);
    }
}
