package io.anemone.core.wire;

import io.anemone.core.error.ErrorCode;
import io.anemone.core.lease.LeaseId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What the orchestrator sends. On the wire: a JSON object of {@code type} and {@code body}. */
public sealed interface OrchestratorMessage {

    /**
     * The agent is accepted.
     *
     * @param epoch  of this connection; commands with an older one are refused by the agent
     * @param secret for {@link Join.Again}; the agent keeps it, mode 0600, in its job directory
     */
    record Welcome(LeaseId lease, long epoch, String secret) implements OrchestratorMessage {
        @Override
        public String toString() {
            return "Welcome[lease=" + lease + ", epoch=" + epoch + "]";
        }
    }

    /**
     * The agent is not accepted.
     *
     * @param retry whether the same may go through later; otherwise the agent ends its guests and its job
     */
    record Refused(ErrorCode code, String message, boolean retry) implements OrchestratorMessage {}

    /**
     * All that this lease's agent shall do: sent after {@link Welcome} and after each change. A domain that is
     * neither in {@code run} nor in {@code stop} is left alone; an attempt that is over and in neither may be forgotten.
     *
     * @param endsAt   when the scheduler will end the job
     * @param release  whether the agent shall end every guest, and then its job
     * @param prefetch what it may bring to its node for later, when it has nothing better to do
     * @param resume  as {@code run}, but what goes on from what was saved: an agent that cannot do that, because it is older,
     *                must not boot it
     * @param discard what VMs, on this lease or not, have saved and need no longer
     */
    record Desired(
            LeaseId lease,
            long epoch,
            Instant endsAt,
            boolean release,
            List<DesiredVm> run,
            List<StopOrder> stop,
            List<Prefetch> prefetch,
            List<DesiredVm> resume,
            List<Discard> discard)
            implements OrchestratorMessage {
        public Desired {
            run = List.copyOf(run);
            stop = List.copyOf(stop);
            // An older side knows of none.
            prefetch = prefetch == null ? List.of() : List.copyOf(prefetch);
            resume = List.copyOf(Objects.requireNonNullElse(resume, List.of()));
            discard = List.copyOf(Objects.requireNonNullElse(discard, List.of()));
        }

        /** Nothing was saved. */
        public Desired(
                LeaseId lease,
                long epoch,
                Instant endsAt,
                boolean release,
                List<DesiredVm> run,
                List<StopOrder> stop,
                List<Prefetch> prefetch) {
            this(lease, epoch, endsAt, release, run, stop, prefetch, List.of(), List.of());
        }

        /** All that shall run, be it booted or not. */
        public List<DesiredVm> all() {
            return Stream.concat(run.stream(), resume.stream()).toList();
        }

        public Desired with(List<Prefetch> images) {
            return new Desired(lease, epoch, endsAt, release, run, stop, images, resume, discard);
        }
    }

    /**
     * The streams that wait for this lease's agent. One that it has brought, or tried to, it passes over. An agent that
     * was made before there were streams cannot read this, and connects again.
     *
     * @param waiting with secrets: never logged
     */
    record Streams(long epoch, List<StreamOrder> waiting) implements OrchestratorMessage {
        public Streams {
            waiting = List.copyOf(waiting);
        }
    }
}
